using Storefront.Catalog;

namespace Storefront.Web.Store.Goods.Search;

/// <summary>What a search found.</summary>
/// <param name="Products">The goods, best first.</param>
/// <param name="Meant">What the visitor may have meant to type, when something was only found that way.</param>
public sealed record Findings(IReadOnlyList<Product> Products, string? Meant = null);
