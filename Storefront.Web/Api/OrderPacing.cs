using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Web.Store.Checkout;

namespace Storefront.Web.Api;

/// <summary>Holds up whoever orders faster than <see cref="OrderPace"/> lets them, by the API or by the checkout.</summary>
public static class OrderPacing
{
    private static readonly object Held = new();

    /// <summary>For how many seconds the one who sent this may not order; null when they may. The checkout asks and answers itself, so that it keeps what was typed.</summary>
    public static int? HeldFor(HttpContext context) => context.Items[Held] as int?;

    public static void UseOrderPace(this WebApplication app)
    {
        var pace = app.Services.GetRequiredService<OrderPace>();
        app.Use(async (context, next) =>
        {
            var door = HttpMethods.IsPost(context.Request.Method) ? (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText : null;
            if (door is not (OrdersApi.Path or CheckoutPage.Address) || pace.Hold(context.Connection.RemoteIpAddress) is not { } hold)
            {
                await next(context);
                return;
            }

            var seconds = (int)Math.Ceiling(hold.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            if (door == OrdersApi.Path)
            {
                await Problem(seconds).ExecuteAsync(context);
            }
            else
            {
                context.Items[Held] = seconds;
                await next(context);
            }
        });
    }

    private static ProblemHttpResult Problem(int seconds) => Problems.Of(
        StatusCodes.Status429TooManyRequests, "Too many orders",
        $"Too many orders came from your address within a minute. Nothing was stored; send this one again in {Wait(seconds)}.");

    private static string Wait(int seconds) => seconds == 1 ? "1 second" : $"{seconds} seconds";
}
