using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Api;

/// <summary>One of the goods, as <c>GET /products</c> lists it.</summary>
public sealed record ProductView(
    [property: Description("What products_ids of an order name.")] int Id,
    string Slug, string Name,
    [property: Description("Id of its category.")] string Category,
    [property: Description("Price of one, in major units of the currency.")] decimal Price,
    [property: Description("ISO 4217.")] string Currency,
    bool InStock,
    [property: Description("Pieces on the shelf.")] int Stock,
    string Line, string Description,
    [property: Description("Path of the picture (SVG or WebP) on this site.")] string Picture);

internal static class ProductsApi
{
    private const string Path = "/products";

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).WithName("ListProducts").WithTags("Catalogue").WithSummary("The catalogue, by product id.");
        app.MapNoOtherVerb(Path, HttpMethods.Get);
    }

    private static async Task<Ok<List<ProductView>>> ListAsync(
        HttpRequest request, AssortmentReader goods, IOptions<ShopOptions> shop, CancellationToken cancellationToken)
    {
        // Stock moves with every order, so a copy has to be checked before it is shown.
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        var assortment = await goods.NowAsync(cancellationToken);
        return TypedResults.Ok(assortment.Products.Select(p => new ProductView(
            p.Id, p.Slug, p.Name, p.CategoryId, Money.ToMajor(p.PriceMinor), shop.Value.Currency, p.Stock > 0, p.Stock,
            p.Line, p.Description, $"{request.PathBase}/{p.Picture}")).ToList());
    }
}
