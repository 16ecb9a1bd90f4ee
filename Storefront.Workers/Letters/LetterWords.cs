using Storefront.Messaging.DeadLetters;

namespace Storefront.Letters;

/// <summary>What the command line says of letters, in words that a program can read, too.</summary>
internal static class LetterWords
{
    public static string Count(int count) => count == 1 ? "1 letter" : $"{count} letters";

    public static string Of(DeadLetterState state) => state switch
    {
        DeadLetterState.Waiting => "waiting",
        DeadLetterState.Replayed => "replayed",
        DeadLetterState.Discarded => "discarded",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string NotThere(long id) => $"there is no dead letter {id}; 'letters list' shows those there are.";

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>Where a replay goes: a queue, or an exchange and its routing key.</summary>
    public static string Address(string queue, string exchange) => Plain(exchange.Length == 0 ? queue : $"{exchange} {queue}");

    /// <summary>Text that came from outside, without the power to move a terminal's cursor or begin a line of its own.</summary>
    public static string Plain(string? text) => text is null or "" ? "-" : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
