namespace Storefront.Catalog;

/// <summary>What the staff says about one of the goods; stock and picture have ways of their own.</summary>
public sealed record ProductDraft(
    string Name, string Slug, string CategoryId, long PriceMinor, string Bin, string Line, string Description, IReadOnlyList<KeyValuePair<string, string>> Details)
{
    public const int MaxName = 120, MaxSlug = 80, MaxBin = 20, MaxLine = 200, MaxDescription = 5000, MaxDetails = 20, MaxDetailName = 60, MaxDetailValue = 200;

    /// <summary>A million in major units: whoever types more has slipped.</summary>
    public const long MaxPriceMinor = 100_000_000;

    /// <summary>The same without space around its texts.</summary>
    public ProductDraft Tidy() => new(Name.Trim(), Slug.Trim(), CategoryId, PriceMinor, Bin.Trim(), Line.Trim(), Description.Trim(),
        [.. Details.Select(d => KeyValuePair.Create(d.Key.Trim(), d.Value.Trim()))]);

    /// <summary>Everything that is wrong with it as far as it can be told without the other goods, by field; expects a tidy draft.</summary>
    public IEnumerable<Fault> Faults() =>
    [
        .. Texts.Faults(nameof(Name), Name, MaxName, required: true),
        .. SlugFaults(),
        .. PriceMinor is < 0 or > MaxPriceMinor ? [new Fault(nameof(PriceMinor), "must be from 0 to 1,000,000.")] : Array.Empty<Fault>(),
        .. Texts.Faults(nameof(Bin), Bin, MaxBin, required: true),
        .. Texts.Faults(nameof(Line), Line, MaxLine, required: true),
        .. Texts.Faults(nameof(Description), Description, MaxDescription, required: true),
        .. DetailFaults().Take(1),
    ];

    /// <summary>Whether a text may be a product's name in addresses.</summary>
    public static bool IsSlug(string text) =>
        text.Length is > 0 and <= MaxSlug && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';

    private IEnumerable<Fault> SlugFaults() => IsSlug(Slug) ? []
        : [new(nameof(Slug), $"must be 1 to {MaxSlug} lower-case letters a to z, digits and dashes, with none at either end, such as bramble-jam.")];

    private IEnumerable<Fault> DetailFaults()
    {
        if (Details.Count > MaxDetails)
        {
            yield return new(nameof(Details), $"must be at most {MaxDetails}; they are {Details.Count}.");
        }

        foreach (var (name, value) in Details)
        {
            foreach (var fault in Texts.Faults(nameof(Details), name, MaxDetailName, required: true).Concat(Texts.Faults(nameof(Details), value, MaxDetailValue, required: true)))
            {
                yield return fault with { Message = $"“{name}: {value}”: each side {fault.Message}" };
            }
        }

        if (Details.GroupBy(d => d.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            yield return new(nameof(Details), $"must not have two lines named “{twice.Key}”.");
        }
    }
}
