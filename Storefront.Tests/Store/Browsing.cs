using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Storefront.Orders;

namespace Storefront.Tests.Store;

/// <summary>The shop's pages over plain HTTP: what any browser gets before it does anything with it.</summary>
internal static class Browsing
{
    public static async Task<(HttpStatusCode Status, IHtmlDocument Page)> OpenAsync(this HttpClient client, string path, string? basket = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (basket is not null)
        {
            request.Headers.Add("Cookie", $"basket={basket}");
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken));
    }

    /// <summary>Buys one jar of jam: from the catalogue to the answer of the checkout, which leads to the order's page.</summary>
    public static async Task<HttpResponseMessage> OrderAsync(this HttpClient client)
    {
        (await client.PostAsync((await client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();
        return await client.CheckOutAsync((await client.OpenAsync("/checkout")).Page);
    }

    /// <summary>Fills in a checkout page and sends it.</summary>
    public static Task<HttpResponseMessage> CheckOutAsync(this HttpClient client, IHtmlDocument checkout, string name = "Helgi Möller") => client.PostAsync(checkout, "/checkout",
        ("_handler", "checkout"), ("Form.Basket", ((IHtmlInputElement)checkout.QuerySelector("input[name='Form.Basket']")!).Value),
        ("Form.Name", name), ("Form.Street", "Hedge Lane 7"), ("Form.Postcode", "101"), ("Form.City", "Reykjavík"), ("Form.Country", "Iceland"));

    /// <summary>The order to whose page an answer leads.</summary>
    public static OrderNumber Ordered(this HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var path = answer.Headers.Location!.OriginalString.Split('?')[0];
        return OrderNumber.TryParse(path[(path.LastIndexOf('/') + 1)..], out var number) ? number : throw new InvalidOperationException($"No order's page: {path}");
    }

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, IHtmlDocument from, string path, params (string Name, string Value)[] fields)
    {
        var token = ((IHtmlInputElement)from.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }
}
