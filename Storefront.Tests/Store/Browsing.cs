using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

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

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, IHtmlDocument from, string path, params (string Name, string Value)[] fields)
    {
        var token = ((IHtmlInputElement)from.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }
}
