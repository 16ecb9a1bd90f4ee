using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Storefront.Orders;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Cart;

/// <summary>The posts that change a basket: plain forms, checked for antiforgery, answered by a redirect so that a reload repeats nothing.</summary>
public static class BasketForms
{
    /// <summary>Prefix of the fields with a typed quantity; the product's id follows.</summary>
    public const string QuantityField = "q";

    public static void MapBasketForms(this IEndpointRouteBuilder app)
    {
        var cart = app.MapGroup("/cart").ExcludeFromDescription();
        cart.MapPost("/add", AddAsync);
        cart.MapPost("/set", Set);
        cart.MapPost("/adjust", AdjustAsync);
    }

    /// <summary>Where a product stands on a page, so that an answer returns to the same place.</summary>
    public static string Anchor(int productId) => $"p-{productId}";

    private static async Task<SeeOther> AddAsync(
        [FromForm] int product, [FromForm] string? quantity, [FromForm] string? back, BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        var place = OwnPage.Or(back, "/catalogue");
        var found = (await goods.NowAsync(cancellationToken)).Find(product);
        if (found is null or { Stock: 0 })
        {
            // It left the shelf after the page was made; the page as it is now says so.
            return new SeeOther(place);
        }

        var basket = cookie.Current;
        var wanted = basket.QuantityOf(product) + Math.Max(1, ReadQuantity(quantity) ?? 1);
        var filled = basket.With(product, Math.Min(wanted, found.Stock));
        cookie.Save(filled);
        return new SeeOther(filled.QuantityOf(product) < wanted ? CartPage.AddressAfterLimit(product) : $"{place}#{Anchor(product)}");
    }

    /// <summary>All typed quantities; or, for a step or a removal, the one that the button <c>set=12:3</c> names.</summary>
    private static SeeOther Set([FromForm] IFormCollection form, BasketCookie cookie)
    {
        var basket = cookie.Current;
        var limited = 0;
        var last = 0;
        foreach (var line in basket.Lines)
        {
            if (Wanted(form, line.ProductId) is { } wanted && wanted != line.Quantity)
            {
                basket = basket.With(line.ProductId, wanted);
                last = line.ProductId;
                limited = basket.QuantityOf(last) < wanted ? last : limited;
            }
        }

        cookie.Save(basket);
        return new SeeOther(limited > 0 ? CartPage.AddressAfterLimit(limited) : basket.QuantityOf(last) > 0 ? $"{CartPage.Address}#{Anchor(last)}" : CartPage.Address);
    }

    /// <summary>Brings every line down to what is on the shelf. The form has nothing to say, but reading one is what checks for antiforgery.</summary>
    private static async Task<SeeOther> AdjustAsync([FromForm] IFormCollection form, BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        var contents = BasketContents.Of(cookie.Current, await goods.NowAsync(cancellationToken));
        cookie.Save(contents.Available);
        return new SeeOther(CartPage.Address);
    }

    private static int? Wanted(IFormCollection form, int productId) =>
        form["set"].ToString().Split(':') is [var id, var step] ? (id == productId.ToString(CultureInfo.InvariantCulture) ? ReadQuantity(step) : null)
        : ReadQuantity(form[$"{QuantityField}{productId}"]);

    /// <summary>A whole number, 0 or more; null for anything else, which then changes nothing.</summary>
    private static int? ReadQuantity(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var quantity)
            ? Math.Min(quantity, OrderRequest.MaxPieces + 1) : null;
}
