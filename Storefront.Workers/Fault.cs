namespace Storefront;

/// <summary>Something wrong with a request: the field, in the API's spelling, and what would be right.</summary>
public sealed record Fault(string Field, string Message)
{
    /// <summary>Where a text is too long: how many characters it has, and how many it may have. Whoever says it in another language needs them apart.</summary>
    public (int Is, int Most)? Length { get; init; }
}
