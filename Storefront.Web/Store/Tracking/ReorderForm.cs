using Microsoft.AspNetCore.Mvc;
using Storefront.Orders;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Tracking;

/// <summary>The post that puts an order's goods into the basket once more. Goods are no secret, so whoever has the number may.</summary>
public static class ReorderForm
{
    public static void MapReorderForm(this IEndpointRouteBuilder app)
    {
        var reorder = app.MapGroup("/track/{number}/reorder").WithMetadata(new PersonalPageAttribute()).ExcludeFromDescription();
        reorder.MapPost("", ReorderAsync);
        reorder.MapGet("", (string number) => new SeeOther($"/track/{Uri.EscapeDataString(number)}"));
    }

    public static string AddressOf(OrderNumber number) => $"{TrackPage.AddressOf(number)}/reorder";

    /// <summary>To the basket when everything is in it, else to the order's page, which says what is not.</summary>
    private static async Task<IResult> ReorderAsync(
        string number, [FromForm] IFormCollection form, OrderReader orders, BasketCookie cookie, AssortmentReader goods, CancellationToken cancellationToken)
    {
        if (!OrderNumber.TryParse(number, out var parsed) || await orders.FindAsync(parsed, cancellationToken) is not { } order)
        {
            return Results.NotFound();
        }

        var shelf = await goods.NowAsync(cancellationToken);
        var basket = Reordering.Fill(cookie.Current, order.Lines, shelf);
        if (basket != cookie.Current)
        {
            cookie.Save(basket);
        }

        return new SeeOther(Reordering.Missing(basket, order.Lines, shelf).Count == 0 ? CartPage.Address : TrackPage.AddressAfterReordering(parsed));
    }
}
