using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Storefront.Catalog;
using Storefront.Languages;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Goods.Search;
using Storefront.Web.Store.Speech;

namespace Storefront.Web.Store.Catalogue;

/// <summary>What a visitor wants to see of the catalogue: all of it stands in the address, and what does not make sense there is as if it were not there.</summary>
public sealed record CatalogueFilter
{
    public const string Path = "/catalogue";
    public const string SearchName = "q", CategoryName = "category", FromName = "price_from", ToName = "price_to", StockName = "in_stock", OrderName = "sort", PageName = "page";

    private const string Yes = "1";

    private static readonly (GoodsOrder Order, string Code)[] OrderCodes =
        [(GoodsOrder.Catalogue, "catalogue"), (GoodsOrder.PriceUp, "price"), (GoodsOrder.PriceDown, "price-down"), (GoodsOrder.Name, "name")];

    public SearchWords Search { get; init; } = new(null);

    public Category? Category { get; init; }

    public PriceLimit From { get; init; } = PriceLimit.None;

    public PriceLimit To { get; init; } = PriceLimit.None;

    /// <summary>Without what is sold out.</summary>
    public bool InStock { get; init; }

    public GoodsOrder Order { get; init; }

    /// <summary>From 1; may be more than there are.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The language that the address names, if it does.</summary>
    public Language? Spoken { get; init; }

    /// <summary>Whether a price or the stock narrows what is shown.</summary>
    public bool IsNarrowed => From.Minor is not null || To.Minor is not null || InStock;

    /// <summary>Whether anything in the form but the search is set, also wrongly.</summary>
    public bool IsTouched => IsNarrowed || Order != GoodsOrder.Usual || HasFaults;

    /// <summary>Whether something typed has to be explained.</summary>
    public bool HasFaults => From.Fault is not null || To.Fault is not null;

    /// <summary>The address that shows this, without anything that says nothing.</summary>
    public string Address => QueryHelpers.AddQueryString(Path, Parts().Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <param name="query">The address's query.</param>
    /// <param name="goods">Whose categories there are.</param>
    public static CatalogueFilter Read(string? query, Assortment goods)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? First(string name) => values.TryGetValue(name, out var all) ? all[0] : null;

        var from = PriceLimit.Read(First(FromName));
        return new()
        {
            Search = new SearchWords(First(SearchName)),
            Category = goods.Category(First(CategoryName)),
            From = from,
            To = PriceLimit.Read(First(ToName)).NotBelow(from),
            InStock = First(StockName) is Yes or "true" or "on",
            Order = Array.Find(OrderCodes, o => o.Code == First(OrderName)).Order,
            Page = int.TryParse(First(PageName), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
            Spoken = Language.Find(First(CustomersLanguage.Parameter)),
        };
    }

    /// <summary>The address without parameters that a form sends though they say nothing (<c>price_from=</c>); null when there are none.</summary>
    public static string? Tidied(string? query)
    {
        var sent = QueryHelpers.ParseQuery(query).SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v))).ToList();
        var telling = sent.Where(p => !SaysNothing(p.Key, p.Value)).ToList();
        return telling.Count == sent.Count ? null : QueryHelpers.AddQueryString(Path, telling);
    }

    /// <summary>Whether the query names a category, be there one of that name or not.</summary>
    public static bool NamesCategory(string? query) => QueryHelpers.ParseQuery(query).TryGetValue(CategoryName, out var all) && !string.IsNullOrWhiteSpace(all[0]);

    /// <summary>How an order is named in the address; empty for the usual one.</summary>
    public static string CodeOf(GoodsOrder order) => Array.Find(OrderCodes, o => o.Order == order).Code ?? "";

    private static bool SaysNothing(string name, string? value) =>
        name is SearchName or CategoryName or FromName or ToName or StockName or OrderName or PageName && (string.IsNullOrWhiteSpace(value) || (name == PageName && value == "1"));

    private (string Name, string? Value)[] Parts() =>
    [
        (SearchName, Search.IsEmpty ? null : Search.Text),
        (CategoryName, Category?.Id),
        (FromName, From.Text),
        (ToName, To.Text),
        (StockName, InStock ? Yes : null),
        (OrderName, CodeOf(Order)),
        (PageName, Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
        (CustomersLanguage.Parameter, Spoken?.Code),
    ];
}
