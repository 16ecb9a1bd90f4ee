using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Storefront.Orders;
using Storefront.Web.Store.Checkout;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Cart;

/// <summary>
/// The posts that change a basket: plain forms, checked for antiforgery, answered by a redirect so that a reload repeats nothing. Fields are read as text, since
/// anybody can send anything: what cannot be understood changes nothing, and the page that follows says so.
/// </summary>
public static class BasketForms
{
    /// <summary>Prefix of the fields with a typed quantity; the product's id follows.</summary>
    public const string QuantityField = "q";

    /// <summary>Value of the field <c>then</c>: on to the checkout, with the product in the basket.</summary>
    public const string ThenCheckout = "checkout";

    public static void MapBasketForms(this IEndpointRouteBuilder app)
    {
        var cart = app.MapGroup(CartPage.Address).ExcludeFromDescription();
        cart.MapPost("/add", AddAsync);
        cart.MapPost("/set", Set);
        cart.MapPost("/adjust", AdjustAsync);
        cart.MapPost("/prices", PricesAsync);
        // The address stays in the browser when a post was refused; whoever loads it again comes to the basket.
        cart.MapGet("/{post:regex(^(add|set|adjust|prices)$)}", (string post) => new SeeOther(CartPage.Address));
    }

    /// <summary>Where a product stands on a page, so that an answer returns to the same place.</summary>
    public static string Anchor(int productId) => $"p-{productId}";

    private static async Task<SeeOther> AddAsync(
        [FromForm] string? product, [FromForm] string? quantity, [FromForm] string? back, [FromForm] string? then,
        BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        var place = OwnPage.Or(back, "/catalogue");
        var found = int.TryParse(product, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (await goods.NowAsync(cancellationToken)).Find(id) : null;
        if (found is null or { Stock: 0 })
        {
            // It left the shelf after the page was made; the page as it is now says so.
            return new SeeOther(place);
        }

        if ((string.IsNullOrWhiteSpace(quantity) ? 1 : ReadQuantity(quantity)) is not (> 0 and var pieces))
        {
            return new SeeOther(CartPage.AddressWhenUncounted(found.Id));
        }

        var basket = cookie.Current;
        var inBasket = basket.QuantityOf(found.Id);
        // Whoever wants to buy it now wants that many, however often they click.
        var wanted = then == ThenCheckout ? Math.Max(inBasket, pieces) : inBasket + pieces;
        var filled = basket.With(found.Id, Math.Min(wanted, found.Stock), found.PriceMinor);
        cookie.Save(filled);
        return new SeeOther(filled.QuantityOf(found.Id) < wanted ? CartPage.AddressAfterLimit(found.Id)
            : then == ThenCheckout ? CheckoutPage.Address
            : $"{place}#{Anchor(found.Id)}");
    }

    /// <summary>All typed quantities; or, for a step or a removal, the one that the button <c>set=12:3</c> names.</summary>
    private static SeeOther Set([FromForm] IFormCollection form, BasketCookie cookie)
    {
        var basket = cookie.Current;
        var (limited, uncounted, last) = (0, 0, 0);
        foreach (var item in basket.Items)
        {
            switch (Wanted(form, item.ProductId))
            {
                case { } text when ReadQuantity(text) is not { } wanted:
                    uncounted = item.ProductId;
                    break;
                case { } text when ReadQuantity(text) is { } wanted && wanted != item.Quantity:
                    basket = basket.With(item.ProductId, wanted);
                    last = item.ProductId;
                    limited = basket.QuantityOf(last) < wanted ? last : limited;
                    break;
            }
        }

        cookie.Save(basket);
        return new SeeOther(uncounted > 0 ? CartPage.AddressWhenUncounted(uncounted)
            : limited > 0 ? CartPage.AddressAfterLimit(limited)
            : basket.QuantityOf(last) > 0 ? $"{CartPage.Address}#{Anchor(last)}"
            : CartPage.Address);
    }

    /// <summary>Brings every line down to what is on the shelf. The form has nothing to say, but reading one is what checks for antiforgery.</summary>
    private static async Task<SeeOther> AdjustAsync([FromForm] IFormCollection form, BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        cookie.Save(BasketContents.Of(cookie.Current, await goods.NowAsync(cancellationToken)).Available.Basket);
        return new SeeOther(CartPage.Address);
    }

    /// <summary>The visitor has seen what things cost now.</summary>
    private static async Task<SeeOther> PricesAsync([FromForm] IFormCollection form, BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        cookie.Save(BasketContents.Of(cookie.Current, await goods.NowAsync(cancellationToken)).AsShown);
        return new SeeOther(CartPage.Address);
    }

    /// <summary>What was typed or chosen for a product; null where the form does not speak of it.</summary>
    private static string? Wanted(IFormCollection form, int productId) =>
        form["set"].ToString() is { Length: > 0 } set
            ? (set.Split(':') is [var id, var step] && id == productId.ToString(CultureInfo.InvariantCulture) ? step : null)
            : form.TryGetValue($"{QuantityField}{productId}", out var typed) ? typed.ToString() : null;

    /// <summary>A whole number, 0 or more, and at most one more than fits into a basket; null for anything else.</summary>
    private static int? ReadQuantity(string text) =>
        text.Trim() is { Length: > 0 } figures && figures.All(char.IsAsciiDigit)
            ? int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) ? Math.Min(quantity, OrderRequest.MaxPieces + 1) : OrderRequest.MaxPieces + 1
            : null;
}
