using System.Net;
using AngleSharp.Html.Dom;
using Storefront.Orders;
using Storefront.Tests.Store;

namespace Storefront.Tests.Nodes;

/// <summary>Two web processes on one database, with nothing else in common: each takes what the other has given out.</summary>
public sealed class Two_web_processes : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-webs-").FullName;
    private TestShop _first = null!;
    private TestShop _second = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TestDatabase.SkipUnlessPostgres("several processes on one database");
        // Data folders of their own, as on two machines: what lies there is not shared.
        _first = await TestShop.OpenAsync(await TestDatabase.SettingsAsync(_folder));
        _second = await TestShop.OpenAsync(await TestDatabase.SettingsAsync(_folder));
        _first.DataFolder.ShouldNotBe(_second.DataFolder);
    }

    public async ValueTask DisposeAsync()
    {
        await (_first?.DisposeAsync() ?? default);
        await (_second?.DisposeAsync() ?? default);
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    [Fact]
    public async Task Cancel_each_others_orders_for_who_has_the_orders_key()
    {
        using var placed = await _first.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""");
        var order = await placed.JsonAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"/order/{order.GetProperty("order_num").GetString()}", UriKind.Relative));
        request.Headers.Add("Order-Key", order.GetProperty("order_key").GetString());

        using var answer = await _second.Client.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.JsonAsync()).GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Take_each_others_forms_and_cookies()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = _first.Address };
        (await browser.PostAsync((await browser.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();
        var (_, checkout) = await browser.OpenAsync("/checkout");

        // Cookies do not know ports, so they go along; the form was served by the first.
        using var answer = await SendAsync(browser, checkout);
        var number = answer.Ordered();

        (await _second.FindAsync(number)).Status.ShouldBe(OrderStatus.Placed);
        foreach (var shop in new[] { _first, _second })
        {
            using var page = await browser.GetAsync(new Uri(shop.Address, $"track/{number}"), Cancellation);
            (await page.Content.ReadAsStringAsync(Cancellation)).ShouldContain($"action=\"/track/{number}/cancel\"", customMessage: "only the browser that ordered may cancel, and this one did, says its cookie");
        }
    }

    /// <summary>Sends the first's form to the second.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpClient browser, IHtmlDocument checkout)
    {
        string ValueOf(string name) => ((IHtmlInputElement)checkout.QuerySelector($"input[name='{name}']")!).Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "checkout", ["__RequestVerificationToken"] = ValueOf("__RequestVerificationToken"), ["Form.Basket"] = ValueOf("Form.Basket"),
            ["Form.Name"] = "Helgi Möller", ["Form.Street"] = "Hedge Lane 7", ["Form.Postcode"] = "101", ["Form.City"] = "Reykjavík", ["Form.Country"] = "Iceland",
        });
        return await browser.PostAsync(new Uri(_second.Address, "checkout"), form, Cancellation);
    }
}
