using System.Globalization;

namespace Storefront.Messaging;

/// <summary>The id of a message that asks for another attempt: <c>7Q4M-X0ZB-K2TD:sales:retry:2</c> after the second.</summary>
public static class RetryId
{
    private const string Mark = ":retry:";

    /// <param name="work">What was attempted.</param>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    public static string Of(string work, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{work}{Mark}{attempt}");

    /// <summary>The attempt that a message asks for; null: it asks for none, but is something else that waits.</summary>
    public static int? NextIn(string messageId) =>
        messageId.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at && int.TryParse(messageId.AsSpan(at + Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var failed)
            ? failed + 1
            : null;
}
