using System.Globalization;
using Storefront.Catalog;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Web.BackOffice.Pages.Products.Edit;

/// <summary>A product as somebody types it: every field a text, under the names of <see cref="ProductDraft"/>'s properties.</summary>
public sealed class ProductInput
{
    private readonly Dictionary<string, string> _texts = Fields.ToDictionary(f => f, _ => "", StringComparer.Ordinal);

    public static IReadOnlyList<string> Fields { get; } =
    [
        nameof(ProductDraft.Name), nameof(ProductDraft.Slug), nameof(ProductDraft.CategoryId), nameof(ProductDraft.PriceMinor), nameof(ProductDraft.Bin),
        nameof(ProductDraft.Line), nameof(ProductDraft.Description), nameof(ProductDraft.Details),
    ];

    /// <summary>What stands in a field, with line breaks as the shop keeps them.</summary>
    public string this[string field]
    {
        get => _texts[field];
        set => _texts[field] = (value ?? "").ReplaceLineEndings("\n");
    }

    /// <summary>What the staff calls a field.</summary>
    public static string LabelOf(string field) => field switch
    {
        nameof(ProductDraft.Slug) => "Address",
        nameof(ProductDraft.CategoryId) => "Category",
        nameof(ProductDraft.PriceMinor) => "Price",
        nameof(ProductDraft.Line) => "One line",
        _ => field,
    };

    public static ProductInput Of(Product product) => new()
    {
        [nameof(ProductDraft.Name)] = product.Name,
        [nameof(ProductDraft.Slug)] = product.Slug,
        [nameof(ProductDraft.CategoryId)] = product.CategoryId,
        [nameof(ProductDraft.PriceMinor)] = Money.ToMajor(product.PriceMinor).ToString("0.00", CultureInfo.InvariantCulture),
        [nameof(ProductDraft.Bin)] = product.Bin,
        [nameof(ProductDraft.Line)] = product.Line,
        [nameof(ProductDraft.Description)] = product.Description,
        [nameof(ProductDraft.Details)] = string.Join('\n', product.Details.Select(d => $"{d.Key}: {d.Value}")),
    };

    /// <summary>A name in addresses for goods of that name: <c>Crème brûlée</c> is <c>creme-brulee</c>.</summary>
    public static string SlugOf(string name)
    {
        var plain = string.Concat(PlainLetters.Of(name).Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-'));
        var slug = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug[..Math.Min(slug.Length, ProductDraft.MaxSlug)].TrimEnd('-');
    }

    public bool IsAs(ProductInput other) => Fields.All(f => this[f] == other[f]);

    /// <summary>What it says, and everything that is wrong with it as far as it can be told here.</summary>
    public (ProductDraft Draft, IReadOnlyList<Fault> Faults) Read()
    {
        var price = this[nameof(ProductDraft.PriceMinor)].Trim().Replace(',', '.');
        var isPrice = decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) & Money.TryToMinor(major, out var minor);
        var lines = this[nameof(ProductDraft.Details)].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var stray = lines.FirstOrDefault(l => !l.Contains(':', StringComparison.Ordinal));
        var draft = new ProductDraft(
            this[nameof(ProductDraft.Name)], this[nameof(ProductDraft.Slug)], this[nameof(ProductDraft.CategoryId)], minor, this[nameof(ProductDraft.Bin)],
            this[nameof(ProductDraft.Line)], this[nameof(ProductDraft.Description)], [.. lines.Where(l => l.Contains(':', StringComparison.Ordinal)).Select(Detail)]).Tidy();
        return (draft,
        [
            .. draft.Faults(),
            .. isPrice ? Array.Empty<Fault>() : [new Fault(nameof(ProductDraft.PriceMinor), "must be a price such as 4.50: 0 or more, with at most two decimals.")],
            .. stray is null ? Array.Empty<Fault>() : [new Fault(nameof(ProductDraft.Details), $"must be a line each, name and value parted by a colon (“Weight: 240 g”); “{stray}” has none.")],
        ]);
    }

    private static KeyValuePair<string, string> Detail(string line) => line.IndexOf(':', StringComparison.Ordinal) is var at ? KeyValuePair.Create(line[..at], line[(at + 1)..]) : default;
}
