using System.Globalization;
using System.Text.Json;
using Storefront.Catalog;
using Storefront.Messaging;

namespace Storefront.Orders;

/// <summary>
/// Understands what lies on the queue <c>orders</c>: ours by type and number; anything else is another system's, in the tutorial's form
/// (<c>{"customer": "bob", "price": 42}</c>) or the seed API's (<c>customer_name</c>, <c>products_ids</c>).
/// </summary>
public static class OrdersMessage
{
    /// <summary>Larger bodies are not read.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a message: null, and <paramref name="foreign"/> unless it is ours; or why it cannot be read.</summary>
    public static string? Read(Delivery delivery, out OrderNumber number, out ForeignOrder? foreign)
    {
        number = default;
        foreign = null;
        if (delivery.Body.Length > MaxBytes)
        {
            return $"The body has {delivery.Body.Length} bytes; at most {MaxBytes} are read.";
        }

        try
        {
            using var json = JsonDocument.Parse(delivery.Body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "The body must be a JSON object with a customer and a price or products.";
            }

            return delivery.Type == OrderMessages.PlacedType
                ? ReadOurs(json.RootElement, out number)
                : ReadForeign(json.RootElement, delivery.MessageId, out foreign);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or UTF-16.
            return $"The body is not JSON in UTF-8: {e.Message}";
        }
    }

    private static string? ReadOurs(JsonElement body, out OrderNumber number)
    {
        number = default;
        return OrderNumber.TryParse(Text(body, "order_num"), out number) ? null
            : $"It says it is one of ours ({OrderMessages.PlacedType}), but order_num is not an order number.";
    }

    private static string? ReadForeign(JsonElement body, string? messageId, out ForeignOrder? foreign)
    {
        foreign = null;
        var name = (Text(body, "customer") ?? Text(body, "customer_name"))?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 200)
        {
            return "customer (or customer_name) must be a text of 1 to 200 characters.";
        }

        var fault = ReadProducts(body, out var products);
        if (fault is not null)
        {
            return fault;
        }

        long price = 0;
        var given = body.TryGetProperty("price", out var value);
        var reads = given && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var major) && Money.TryToMinor(major, out price);
        if ((given || products.Count == 0) && !reads)
        {
            return "price must be a number of 0 or more with at most two decimals.";
        }

        foreign = new ForeignOrder(new Customer(name), products, price, messageId, Reference(body));
        return null;
    }

    private static string? ReadProducts(JsonElement body, out IReadOnlyList<Amount> products)
    {
        products = [];
        if (!body.TryGetProperty("products_ids", out var ids) && !body.TryGetProperty("product_ids", out ids))
        {
            return null;
        }

        if (ids.ValueKind != JsonValueKind.Array || ids.GetArrayLength() is 0 or > OrderRequest.MaxPieces
            || ids.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out _)))
        {
            return $"products_ids must be a list of 1 to {OrderRequest.MaxPieces} product numbers.";
        }

        products = OrderRequest.CountIds(ids.EnumerateArray().Select(id => id.GetInt32()));
        return null;
    }

    /// <summary>The other system's own number, kept as its reference; cut at 100 characters.</summary>
    private static string? Reference(JsonElement body)
    {
        var own = body.TryGetProperty("order_num", out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString(CultureInfo.InvariantCulture)
            : Text(body, "order_num");
        return string.IsNullOrWhiteSpace(own) ? null : own.Length <= 100 ? own : own[..100];
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
