using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Catalog;
using Storefront.Orders;

namespace Storefront.Web.Api;

/// <summary>Ordering and looking an order up: the two calls this shop began with.</summary>
internal static class OrdersApi
{
    public const string Path = "/order";
    public const string KeyHeader = "Idempotency-Key";

    private const string OnePath = Path + "/{order_num}";
    private const int MaxKeyLength = 200;

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, PlaceAsync).WithName("PlaceOrder").WithTags("Orders")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status400BadRequest, "application/problem+json")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity, "application/problem+json")
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .AddOpenApiOperationTransformer(ApiDocument.DescribePlacing);
        app.MapNoOtherVerb(Path, HttpMethods.Post);
        app.MapGet(OnePath, FindAsync).WithName("GetOrder").WithTags("Orders")
            .Produces<OrderSnapshot>()
            .Produces(StatusCodes.Status302Found)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .AddOpenApiOperationTransformer(ApiDocument.DescribeLooking);
        app.MapCancelling(OnePath);
        app.MapNoOtherVerb(OnePath, HttpMethods.Get, HttpMethods.Delete);
    }

    private static async Task<Results<Created<OrderAnswer>, Ok<OrderAnswer>, ProblemHttpResult>> PlaceAsync(
        HttpRequest request, PlaceOrder orders, OrderKeys keys, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var (json, problem) = await JsonBody.ReadAsync(request, cancellationToken);
        using (json)
        {
            if (json is null)
            {
                return problem!;
            }

            if (Understand(json) is not { } body)
            {
                return Problems.Of(StatusCodes.Status400BadRequest, "Not UTF-8",
                    "A text in the body is not Unicode: it has bytes that are not UTF-8, or half a surrogate pair.");
            }

            var keyFault = KeyFault(request, out var key);
            if (body.IsIllTyped || keyFault is not null)
            {
                var faults = keyFault is null ? body.AllFaults() : body.AllFaults().Append(keyFault);
                return Problems.Of(StatusCodes.Status400BadRequest, "The request is not well formed", "Something in the request has the wrong form; see errors.", faults);
            }

            return await orders.RunAsync(body.Request, OrderSource.Api, key, body.Impossible, cancellationToken) switch
            {
                Placing.Accepted { Repeated: false } order => TypedResults.Created($"{Path}/{order.Number}", Answer(order, keys, request)),
                Placing.Accepted order => TypedResults.Ok(Answer(order, keys, request)),
                Placing.Refused refused => Problems.Of(
                    StatusCodes.Status422UnprocessableEntity, "The order is not possible",
                    "The order was understood but is not possible as it stands; see errors.", body.Named(refused.Faults)),
                Placing.SoldOut soldOut => SoldOut(soldOut.Shortages, body),
                Placing.KeyTaken => Problems.Of(
                    StatusCodes.Status409Conflict, "The Idempotency-Key belongs to another order",
                    "This Idempotency-Key has been used within 24 hours for a different request. Use a new key for a new order.",
                    [new(KeyHeader, "belongs to a different request; use a new key for a new order.")]),
                var other => throw new InvalidOperationException($"Placing ended as {other.GetType().Name}, for which there is no answer."),
            };
        }
    }

    private static async Task<Results<JsonHttpResult<OrderSnapshot>, RedirectHttpResult, ProblemHttpResult>> FindAsync(
        string order_num, HttpRequest request, OrderReader orders, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers.Vary = "Accept";
        var known = OrderNumber.TryParse(order_num, out var number);
        if (PagePreference.Of(request))
        {
            // Also for a number that is none: the page has better words for people.
            return TypedResults.Redirect($"{request.PathBase}/track/{(known ? number.ToString() : Uri.EscapeDataString(order_num))}");
        }

        return known && await orders.FindAsync(number, cancellationToken) is { } order
            ? TypedResults.Json(order, OrderJson.Options)
            : Problems.NoSuchOrder(order_num);
    }

    private static OrderBody? Understand(JsonDocument json)
    {
        try
        {
            return new OrderBody(json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // The document checks the encoding of a text only when it is read.
            return null;
        }
    }

    private static Fault? KeyFault(HttpRequest request, out RequestKey? key)
    {
        key = null;
        switch (request.Headers[KeyHeader].ToArray())
        {
            case []:
                return null;
            case [{ Length: > 0 and <= MaxKeyLength } text]:
                key = new RequestKey("api", text);
                return null;
            case [var text]:
                return new(KeyHeader, $"must have 1 to {MaxKeyLength} characters; it has {text?.Length ?? 0}.");
            default:
                return new(KeyHeader, "must stand in the request once.");
        }
    }

    private static ProblemHttpResult SoldOut(IReadOnlyList<Shortage> shortages, OrderBody body)
    {
        var faults = shortages.Select(s => new Fault("products_ids", s.Left == 0
            ? $"{s.Name} (product {s.ProductId}) is sold out."
            : $"of {s.Name} (product {s.ProductId}) only {s.Left} are left; the order asks for {s.Wanted}.")).ToList();
        return Problems.Of(StatusCodes.Status409Conflict, "Sold out",
            $"Not enough is on the shelf: {string.Join(" ", faults.Select(f => f.Message))}", body.Named(faults), [new("sold_out", shortages)]);
    }

    private static OrderAnswer Answer(Placing.Accepted order, OrderKeys keys, HttpRequest request) => new(
        order.Number.ToString(), order.Status, Money.ToMajor(order.PriceMinor), order.Currency, order.PlacedAt,
        $"{request.Scheme}://{request.Host}{request.PathBase}/track/{order.Number}", keys.Of(order.Number));
}
