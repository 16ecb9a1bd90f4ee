using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Storefront.Web.Api;

/// <summary>What the code cannot say by its types in the OpenAPI document: the body that is read by hand, headers, examples, reasons.</summary>
internal static class ApiDocument
{
    private const string Problem = "application/problem+json";

    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Storefront";
        document.Info.Version = "1";
        document.Info.Description = "Order goods, and watch the order on its way. Amounts are numbers in major units; times are UTC. "
            + "Every error is application/problem+json whose detail is a sentence for people and whose errors, where there are any, lists all faults by field.";
        return Task.CompletedTask;
    });

    public static async Task DescribePlacing(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Summary = "Places an order.";
        operation.Description = "Answers as soon as the order is durably written down. With an Idempotency-Key the same request gives the same order again, however often it is sent.";
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = OrdersApi.KeyHeader,
            In = ParameterLocation.Header,
            Description = "Anything unique to this order, remembered for 24 hours. A refused request frees its key.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
        });
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "At most 64 KiB. Unknown members are ignored.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new()
                {
                    Schema = await OrderSchema(context, cancellationToken),
                    Example = JsonNode.Parse("""{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}"""),
                },
            },
        };
        Say(operation, "201", "The order stands. Its address is in Location.", Placed);
        Say(operation, "200", "The order of an earlier request with this Idempotency-Key, with its status as it is now.", Placed);
        Say(operation, "400", "Not JSON, or something has the wrong type; every such fault is named.",
            """
            {"title": "The request is not well formed", "status": 400, "detail": "Something in the request has the wrong form; see errors.",
             "errors": {"customer_name": ["must be a text; it is the number 42."]}}
            """);
        Say(operation, "409", "Sold out (sold_out names the products and what is left), or the Idempotency-Key belongs to a different request.",
            """
            {"title": "Sold out", "status": 409, "detail": "Not enough is on the shelf: Moth Notebook (product 42) is sold out.",
             "errors": {"products_ids": ["Moth Notebook (product 42) is sold out."]},
             "sold_out": [{"product_id": 42, "name": "Moth Notebook", "wanted": 1, "left": 0}]}
            """);
        Say(operation, "413", "The body has more than 64 KiB.");
        Say(operation, "415", "The body is not JSON content in UTF-8.");
        Say(operation, "422", "Understood but impossible: no products, an unknown product, a blank or too long text. Every fault is named; nothing is stored.",
            """
            {"title": "The order is not possible", "status": 422, "detail": "The order was understood but is not possible as it stands; see errors.",
             "errors": {"products_ids": ["there is no product 4711."]}}
            """);
        Say(operation, "429", "Too many orders from this address within a minute; Retry-After says how many seconds to wait.");
        SayHeader(operation, "201", "Location", "Path of the order.", JsonSchemaType.String);
        SayHeader(operation, "429", "Retry-After", "Seconds.", JsonSchemaType.Integer);
    }

    public static Task DescribeLooking(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Summary = "An order's goods and progress.";
        operation.Description = "No personal data. Whoever prefers text/html is sent to the page that follows the order.";
        Say(operation, "200", "The order as it is now; version grows by one with every change.");
        Say(operation, "302", "To the tracking page, for a browser.");
        Say(operation, "404", "There is no such order.");
        return Task.CompletedTask;
    }

    public static Task DescribeCancelling(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Summary = "Cancels an order, until packing begins.";
        operation.Description = "What had been begun is undone: the undo tasks of the answer, and of the order from then on, show how far that is. Cancelling again changes nothing.";
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = CancellingApi.KeyHeader,
            In = ParameterLocation.Header,
            Required = true,
            Description = "The order_key of the answer to the order.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        Say(operation, "200", "The order is cancelled, now or earlier; the order as it is now.");
        Say(operation, "403", "The key is missing, or is not this order's.");
        Say(operation, "404", "There is no such order.");
        Say(operation, "409", "Too late: packing has begun.",
            """
            {"title": "Too late to cancel", "status": 409, "detail": "Order 7Q4M-X0ZB-K2TD cannot be cancelled any more: packing has begun."}
            """);
        return Task.CompletedTask;
    }

    private const string Placed = """
        {"order_num": "7Q4M-X0ZB-K2TD", "status": "placed", "price": 22.50, "currency": "EUR", "placed_at": "2026-11-23T18:07:30+00:00",
         "track_url": "http://localhost:5080/track/7Q4M-X0ZB-K2TD", "order_key": "5f2b8f6f0c4b1d7e9a3c6d2e8b7f1a04"}
        """;

    private static async Task<IOpenApiSchema> OrderSchema(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(OrderForm), cancellationToken: cancellationToken);
        schema.AdditionalPropertiesAllowed = true;
        return schema;
    }

    private static void SayHeader(OpenApiOperation operation, string status, string name, string description, JsonSchemaType type)
    {
        if (operation.Responses?[status] is OpenApiResponse response)
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] =
                new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
        }
    }

    private static void Say(OpenApiOperation operation, string status, string description, string? example = null)
    {
        if (operation.Responses is null || !operation.Responses.TryGetValue(status, out var found) || found is not OpenApiResponse response)
        {
            return;
        }

        response.Description = description;
        foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
        {
            if (example is not null && (type == Problem || !status.StartsWith('4')))
            {
                content.Example = JsonNode.Parse(example);
            }
        }
    }
}
