using Storefront.Catalog;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Web.Store.Catalogue;

/// <summary>What the catalogue shows for a filter.</summary>
public sealed class Selection
{
    /// <summary>Goods on a page: whole rows of two, three and four.</summary>
    public const int PageSize = 24;

    private readonly Assortment _goods;

    public Selection(CatalogueFilter filter, Assortment goods)
    {
        _goods = goods;
        var findings = goods.Index.Find(filter.Search);
        Meant = findings.Meant;
        OnAllShelves = [.. findings.Products.Where(p => IsWanted(p, filter))];
        var found = filter.Category is null ? OnAllShelves : OnAllShelves.Where(p => p.CategoryId == filter.Category.Id);
        Found = [.. Sorted(found, filter.Order)];
        Pages = Math.Max(1, (Found.Count + PageSize - 1) / PageSize);
        Filter = filter with { Page = Math.Min(filter.Page, Pages) };
        Shown = [.. Found.Skip((Filter.Page - 1) * PageSize).Take(PageSize)];
    }

    /// <summary>What was asked for; a page that is too far is the last one.</summary>
    public CatalogueFilter Filter { get; }

    /// <summary>All that fits, in the order asked for.</summary>
    public IReadOnlyList<Product> Found { get; }

    /// <summary>What stands on the page.</summary>
    public IReadOnlyList<Product> Shown { get; }

    /// <summary>What would fit if it were not for the category.</summary>
    public IReadOnlyList<Product> OnAllShelves { get; }

    /// <summary>At least 1.</summary>
    public int Pages { get; }

    /// <summary>What the visitor may have meant to type; null when the search was found as it stands.</summary>
    public string? Meant { get; }

    /// <summary>How many goods another filter would find.</summary>
    public int CountOf(CatalogueFilter other) => new Selection(other, _goods).Found.Count;

    private static bool IsWanted(Product product, CatalogueFilter filter) =>
        !(product.PriceMinor < filter.From.Minor || product.PriceMinor > filter.To.Minor || (filter.InStock && product.Stock == 0));

    // A stable sort: among equals the better find stays first.
    private static IEnumerable<Product> Sorted(IEnumerable<Product> found, GoodsOrder order) => order switch
    {
        GoodsOrder.Catalogue => found.OrderBy(p => p.Id),
        GoodsOrder.PriceUp => found.OrderBy(p => p.PriceMinor),
        GoodsOrder.PriceDown => found.OrderByDescending(p => p.PriceMinor),
        GoodsOrder.Name => found.OrderBy(p => PlainLetters.Of(p.Name), StringComparer.Ordinal),
        _ => found,
    };
}
