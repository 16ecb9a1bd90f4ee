namespace Storefront.Orders.ByHand;

/// <summary>What members of the staff write.</summary>
internal static class StaffText
{
    /// <summary>What is wrong with a text; null when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters it may have.</param>
    /// <param name="wish">What is asked for, as the beginning of a sentence.</param>
    public static string? Fault(string? text, int most, string wish) => text?.Trim() switch
    {
        null or "" => $"{wish}: 1 to {most:N0} characters.",
        { Length: var length } when length > most => $"{wish} in at most {most:N0} characters; these are {length:N0}.",
        var words when words.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) => $"{wish} in letters; there is a control character among these.",
        _ => null,
    };
}
