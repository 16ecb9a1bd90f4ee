using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Storefront.Orders;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.Store;

/// <summary>An order with everything personal that an order can have, and the key that its customer was given.</summary>
internal sealed record HelgisOrder(OrderNumber Number, string Key)
{
    public const string Email = "helgi@example.com";

    /// <summary>What is nobody else's business.</summary>
    public static readonly string[] Personal = ["Möller", "M&#xF6;ller", "helgi@", "Hedge Lane", "Reykjav", "Iceland", "fern"];

    /// <summary>Where the mailed link leads.</summary>
    public string Mailed => $"/track/{Number}?key={Key}";

    public static async Task<HelgisOrder> PlaceAsync(TestShop shop, string? email = Email, params int[] products)
    {
        using var answer = await shop.Client.PostOrderAsync(JsonSerializer.Serialize(new
        {
            customer_name = "Helgi Möller",
            products_ids = products is [] ? [1, 5] : products,
            email,
            note = "Leave it under the fern",
            address = new { street = "Hedge Lane 7", city = "Reykjavík", postcode = "101", country = "Iceland" },
        }));
        var order = await answer.JsonAsync();
        OrderNumber.TryParse(order.GetProperty("order_num").GetString(), out var number).ShouldBeTrue();
        return new(number, order.GetProperty("order_key").GetString()!);
    }

    /// <summary>What a page shows, without the addresses in its code.</summary>
    public static string Shown(IHtmlDocument page) => page.QuerySelector("main")!.TextContent;
}

/// <summary>Asking for a page with all that came with the answer.</summary>
internal static class Asking
{
    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Sends a form without a token.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    /// <summary>The cookie of a name that an answer sets; null when it sets none.</summary>
    public static string? Cookie(this HttpResponseHeaders headers, string name) =>
        headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.FirstOrDefault(c => c.StartsWith(name + "=", StringComparison.Ordinal)) : null;
}
