using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Storefront;

/// <summary>What is asked of every text that somebody types.</summary>
public static class Texts
{
    /// <summary>There is nothing to be seen in it: it is empty, or has only spaces and characters that draw nothing, such as a zero-width space.</summary>
    public static bool IsBlank([NotNullWhen(false)] string? text) =>
        text is null || text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    /// <summary>What is wrong with a text: at most one thing.</summary>
    /// <param name="field">Where it was typed.</param>
    /// <param name="text">Trimmed.</param>
    /// <param name="max">Characters it may have, counted as people do: an emoji is one.</param>
    /// <param name="required">Whether it may not be blank.</param>
    public static IEnumerable<Fault> Faults(string field, string? text, int max, bool required = false)
    {
        if (required && IsBlank(text))
        {
            yield return new(field, $"must have 1 to {max} characters; it is blank.");
        }
        else if (text?.Length > max && text.EnumerateRunes().Count() is var length && length > max)
        {
            yield return new(field, $"must have at most {max} characters; it has {length}.") { Length = (length, max) };
        }
        else if (text?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true)
        {
            yield return new(field, "must not have control characters.");
        }
    }
}
