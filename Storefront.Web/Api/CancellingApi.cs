using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Orders;

namespace Storefront.Web.Api;

/// <summary>Cancelling by whoever ordered: the key from the answer to the order is the proof.</summary>
internal static class CancellingApi
{
    public const string KeyHeader = "Order-Key";

    public static void MapCancelling(this IEndpointRouteBuilder app, string path) => app.MapDelete(path, CancelAsync).WithName("CancelOrder").WithTags("Orders")
        .Produces<OrderSnapshot>()
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .AddOpenApiOperationTransformer(ApiDocument.DescribeCancelling);

    private static async Task<Results<JsonHttpResult<OrderSnapshot>, ProblemHttpResult>> CancelAsync(
        string order_num, HttpRequest request, CancelOrder cancel, OrderReader orders, OrderKeys keys, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!OrderNumber.TryParse(order_num, out var number) || await orders.FindAsync(number, cancellationToken) is null)
        {
            return Problems.NoSuchOrder(order_num);
        }

        if (!keys.Matches(number, request.Headers[KeyHeader]))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "Not your order", request.Headers.ContainsKey(KeyHeader)
                ? $"{KeyHeader} is not the key of order {number}; it is the order_key in the answer to the order."
                : $"{KeyHeader} is missing; it is the order_key in the answer to the order.");
        }

        return await cancel.RunAsync(number, HistoryData.Customer, cancellationToken) == Cancelling.TooLate
            ? Problems.Of(StatusCodes.Status409Conflict, "Too late to cancel", $"Order {number} cannot be cancelled any more: packing has begun.")
            : TypedResults.Json((await orders.FindAsync(number, cancellationToken))!, OrderJson.Options);
    }
}
