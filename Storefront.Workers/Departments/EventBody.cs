using System.Text.Json;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>Reads the body of an event on <c>shop.events</c>, as far as the departments need it.</summary>
internal static class EventBody
{
    /// <summary>Which order it is about.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? Read(byte[] body, out OrderNumber number) => Read(body, out number, out _);

    /// <summary>The same, with whether its customer gave an e-mail address; where it does not say so, perhaps.</summary>
    public static string? Read(byte[] body, out OrderNumber number, out bool mayHaveEmail)
    {
        (number, mayHaveEmail) = (default, true);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("order_num", out var value) || value.ValueKind != JsonValueKind.String
                || !OrderNumber.TryParse(value.GetString(), out number))
            {
                return "It does not say which order it is about: order_num must be an order number.";
            }

            mayHaveEmail = !json.RootElement.TryGetProperty("has_email", out var given) || given.ValueKind != JsonValueKind.False;
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or UTF-16.
            return $"It is not JSON in UTF-8: {e.Message}";
        }
    }
}
