namespace Storefront.Catalog;

/// <summary>What an edit makes different.</summary>
/// <param name="Before">The product as it is.</param>
/// <param name="Wanted">As it is to be; tidy and without faults.</param>
/// <param name="Currency">ISO 4217, for saying prices.</param>
internal sealed record ProductChange(Product Before, ProductDraft Wanted, string Currency)
{
    public bool ChangesPrice => Before.PriceMinor != Wanted.PriceMinor;

    public bool ChangesSlug => Before.Slug != Wanted.Slug;

    /// <summary>Texts that no language has a translation of any more.</summary>
    public OwnTexts OwnTexts => Before.OwnTexts
        | (Before.Name == Wanted.Name ? 0 : OwnTexts.Name)
        | (Before.Line == Wanted.Line ? 0 : OwnTexts.Line)
        | (Before.Description == Wanted.Description ? 0 : OwnTexts.Description)
        | (HasSameDetails ? 0 : OwnTexts.Details);

    /// <summary>Field by field, old → new; empty when nothing is different. Long texts are only named.</summary>
    public IReadOnlyList<string> Told =>
    [
        .. Differs("name", Before.Name, Wanted.Name),
        .. Differs("address", Before.Slug, Wanted.Slug),
        .. Differs("category", Before.CategoryId, Wanted.CategoryId),
        .. Differs("price", Money.Format(Before.PriceMinor, Currency), Money.Format(Wanted.PriceMinor, Currency)),
        .. Differs("bin", Before.Bin, Wanted.Bin),
        .. Differs("line", Before.Line, Wanted.Line),
        .. Differs("description", Before.Description, Wanted.Description),
        .. HasSameDetails ? [] : Differs("details", Said(Before.Details), Said(Wanted.Details)),
    ];

    private bool HasSameDetails => Before.Details.SequenceEqual(Wanted.Details);

    private static string[] Differs(string field, string before, string wanted) => before == wanted ? [] : [$"{field} {before} → {wanted}"];

    private static string Said(IEnumerable<KeyValuePair<string, string>> details) => string.Join(", ", details.Select(d => $"{d.Key}: {d.Value}"));
}
