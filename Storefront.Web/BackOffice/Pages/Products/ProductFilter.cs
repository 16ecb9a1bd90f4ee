using Storefront.Catalog;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Web.BackOffice.Pages.Products;

/// <summary>Whether a list shows what is sold, what is archived, or both.</summary>
public enum Sold
{
    Yes, No, Either,
}

/// <summary>How a list of goods is sorted.</summary>
public enum ProductOrder
{
    Number, Name, Price, Stock,
}

/// <summary>Which goods a list shows, and in which order. Lives in the address, so a list can be kept, shared and gone back to.</summary>
/// <param name="Category">Only goods of the category with this id.</param>
/// <param name="Low">Only goods of which few are left, or none.</param>
/// <param name="Archived">What is sold, unless told otherwise.</param>
/// <param name="Search">Part of a name, of a bin or of the name in addresses; or a number.</param>
/// <param name="Order">The lowest first; of equals that with the lower number.</param>
public sealed record ProductFilter(string? Category = null, bool Low = false, Sold Archived = Sold.Yes, string? Search = null, ProductOrder Order = ProductOrder.Number)
{
    /// <summary>From so many pieces down, somebody should see to more.</summary>
    public const int Few = 5;

    public static ProductFilter None { get; } = new();

    /// <summary>From the words of an address; what is not a word of ours is left out.</summary>
    public static ProductFilter Read(string? category, string? low, string? archived, string? search, string? sort) => new(
        string.IsNullOrWhiteSpace(category) ? null : category, low == "true", Term<Sold>(archived), string.IsNullOrWhiteSpace(search) ? null : search.Trim(), Term<ProductOrder>(sort));

    /// <summary>The list's address with this filter.</summary>
    public string Address => OfficeAddress.Products + QueryString.Create(Words().Where(w => w.Value is not null));

    /// <summary>Those of the goods that it asks for.</summary>
    public IReadOnlyList<Product> Of(IEnumerable<Product> goods)
    {
        var found = goods.Where(Fits).OrderBy(p => p.Id);
        return [.. Order switch
        {
            ProductOrder.Name => found.OrderBy(p => PlainLetters.Of(p.Name), StringComparer.Ordinal),
            ProductOrder.Price => found.OrderBy(p => p.PriceMinor),
            ProductOrder.Stock => found.OrderBy(p => p.Stock),
            _ => found.AsEnumerable(),
        }];
    }

    private bool Fits(Product product) =>
        (Category is null || product.CategoryId == Category)
        && (!Low || product.Stock <= Few)
        && (Archived == Sold.Either || product.IsSold == (Archived == Sold.Yes))
        && (Search is null || product.Id.ToString() == Search
            || new[] { product.Name, product.Bin, product.Slug }.Any(text => PlainLetters.Of(text).Contains(PlainLetters.Of(Search), StringComparison.Ordinal)));

    private static T Term<T>(string? word) where T : struct, Enum => Enum.GetValues<T>().FirstOrDefault(t => Word(t) == word);

    private static string Word<T>(T term) where T : struct, Enum => term.ToString().ToLowerInvariant();

    private KeyValuePair<string, string?>[] Words() =>
    [
        new("category", Category),
        new("low", Low ? "true" : null),
        new("archived", Archived == Sold.Yes ? null : Word(Archived)),
        new("q", Search),
        new("sort", Order == ProductOrder.Number ? null : Word(Order)),
    ];
}
