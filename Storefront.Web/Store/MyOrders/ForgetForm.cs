using Microsoft.AspNetCore.Mvc;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Web.Store.MyOrders;

/// <summary>The posts by which a browser forgets an order, or all of its orders. They change the browser's cookie and nothing in the shop.</summary>
public static class ForgetForm
{
    public const string AddressOfAll = $"{MyOrdersPage.Address}/forget";

    public static void MapForgetForm(this IEndpointRouteBuilder app)
    {
        var forget = app.MapGroup(AddressOfAll).WithMetadata(new PersonalPageAttribute()).ExcludeFromDescription();
        forget.MapPost("", ForgetAll);
        forget.MapPost("/{number}", Forget);
        // The address stays in the browser when the post was refused.
        forget.MapGet("/{number?}", () => new SeeOther(MyOrdersPage.Address));
    }

    public static string AddressOf(OrderNumber number) => $"{AddressOfAll}/{number}";

    private static SeeOther ForgetAll([FromForm] IFormCollection form, OwnOrders own)
    {
        own.ForgetAll();
        return new SeeOther(MyOrdersPage.AddressAfterForgetting);
    }

    /// <summary>One that is not among them, or no number at all, is as good as forgotten.</summary>
    private static SeeOther Forget(string number, [FromForm] IFormCollection form, OwnOrders own)
    {
        if (OrderNumber.TryParse(number, out var parsed))
        {
            own.Forget(parsed);
        }

        return new SeeOther(MyOrdersPage.AddressAfterForgetting);
    }
}
