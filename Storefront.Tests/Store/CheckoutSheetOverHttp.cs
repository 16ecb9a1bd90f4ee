using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Storefront.Tests.Store;

/// <summary>The checkout over plain HTTP: a browser's part of it, without the browser.</summary>
internal static class CheckoutSheetOverHttp
{
    /// <summary>Fields as a customer fills them in who knows how.</summary>
    public static readonly IReadOnlyDictionary<string, string> WellFilled = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Form.Name"] = "Helgi Möller", ["Form.Street"] = "Hedge Lane 7", ["Form.Postcode"] = "101", ["Form.City"] = "Reykjavík", ["Form.Country"] = "Iceland",
    };

    /// <summary>The checkout with so many of a product in the basket.</summary>
    public static async Task<IHtmlDocument> CarryToCheckoutAsync(this HttpClient client, int product, int pieces = 1)
    {
        (await client.PostAsync((await client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", $"{product}"), ("quantity", $"{pieces}"))).Dispose();
        return (await client.OpenAsync("/checkout")).Page;
    }

    /// <summary>Fills the form in and sends it with all that stands in it, as a browser does; <paramref name="other"/> is typed, or tampered, otherwise.</summary>
    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, IHtmlDocument page, params (string Name, string Value)[] other)
    {
        var fields = page.Fields();
        foreach (var (name, value) in WellFilled.Select(f => (f.Key, f.Value)).Concat(other))
        {
            fields[name] = value;
        }

        return client.PostFormAsync("/checkout", fields);
    }

    /// <summary>Sends it as it stands: one click on one of its buttons.</summary>
    public static Task<HttpResponseMessage> SendAsItStandsAsync(this HttpClient client, IHtmlDocument page) => client.PostFormAsync("/checkout", page.Fields());

    /// <summary>What stands in the checkout's fields.</summary>
    public static Dictionary<string, string> Fields(this IHtmlDocument page) => page.QuerySelectorAll("#checkout input, #checkout textarea")
        .ToDictionary(e => e.GetAttribute("name")!, e => e is IHtmlTextAreaElement text ? text.Value : ((IHtmlInputElement)e).Value, StringComparer.Ordinal);

    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    /// <summary>The page of an answer. It is for customers, so it says nothing of how the shop is made.</summary>
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldNotContain("Exception", Case.Sensitive);
        text.ShouldNotContain("   at Storefront", Case.Sensitive);
        return await new HtmlParser().ParseDocumentAsync(text, TestContext.Current.CancellationToken);
    }

    /// <summary>What the page says went wrong, in one line.</summary>
    public static string Alert(this IDocument page) => string.Join(' ', page.QuerySelectorAll("main [role=alert]").Select(e => e.OneLine()));

    public static string OneLine(this IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
