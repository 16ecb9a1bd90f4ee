using Microsoft.AspNetCore.Mvc;
using Storefront.Orders;
using Storefront.Web.Store.Accounts;

namespace Storefront.Web.Store.Tracking;

/// <summary>The post that cancels an order from its page: a plain form, checked for antiforgery, only from the browser that ordered, or its customer's account.</summary>
public static class CancelForm
{
    public static void MapCancelForm(this IEndpointRouteBuilder app)
    {
        var cancel = app.MapGroup("/track/{number}/cancel").WithMetadata(new PersonalPageAttribute()).ExcludeFromDescription();
        cancel.MapPost("", CancelAsync);
        // The address stays in the browser when the post was refused; whoever loads it again comes to the order.
        cancel.MapGet("", (string number) => new SeeOther($"/track/{Uri.EscapeDataString(number)}"));
    }

    public static string AddressOf(OrderNumber number) => $"{TrackPage.AddressOf(number)}/cancel";

    /// <summary>The form has nothing to say, but reading one is what checks for antiforgery. Refusals have no body: the store's help pages do the talking.</summary>
    private static async Task<IResult> CancelAsync(string number, [FromForm] IFormCollection form, OwnOrders own, SignedInCustomer customer, CancelOrder cancel, CancellationToken cancellationToken)
    {
        if (!OrderNumber.TryParse(number, out var parsed))
        {
            return Results.NotFound();
        }

        if (!own.Contains(parsed) && !await customer.OwnsAsync(parsed, cancellationToken))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        return await cancel.RunAsync(parsed, HistoryData.Customer, cancellationToken) switch
        {
            Cancelling.TooLate => new SeeOther(TrackPage.AddressWhenTooLate(parsed)),
            Cancelling.Unknown => Results.NotFound(),
            _ => new SeeOther(TrackPage.AddressOf(parsed)),
        };
    }
}
