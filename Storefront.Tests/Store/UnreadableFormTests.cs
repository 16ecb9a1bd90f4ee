using System.Net;
using System.Text;
using AngleSharp.Html.Dom;

namespace Storefront.Tests.Store;

/// <summary>What no browser sends, and what is too much of what it does.</summary>
public sealed class A_form_that_is_none(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private readonly TestShop _shop = fixture.Shop;
    private readonly HttpClient _client = fixture.Shop.NewClient();

    public static TheoryData<string, string, HttpStatusCode> Bodies => new()
    {
        { "{\"product\": 1}", "application/json", HttpStatusCode.UnsupportedMediaType },
        { "product=1", "text/plain", HttpStatusCode.UnsupportedMediaType },
        { "", "", HttpStatusCode.UnsupportedMediaType },
        { "product=1", "multipart/form-data", HttpStatusCode.UnprocessableEntity },
        { "--x\r\nContent-Disposition: form-data; name=\"product\"\r\n\r\n1", "multipart/form-data; boundary=x", HttpStatusCode.UnprocessableEntity },
        { string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1")), UrlEncoded, HttpStatusCode.UnprocessableEntity },
        { $"{new string('k', 5000)}=1", UrlEncoded, HttpStatusCode.UnprocessableEntity },
        { $"product={new string('1', 300_000)}", UrlEncoded, HttpStatusCode.RequestEntityTooLarge },
    };

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Changes_nothing_and_is_answered_with_a_page_that_leads_back_to_the_basket(string body, string type, HttpStatusCode status)
    {
        await _client.CarryToCheckoutAsync(1);
        var orders = await _shop.OrdersAsync();
        foreach (var path in new[] { "/cart/add", "/cart/set", "/checkout" })
        {
            using var answer = await PostAsync(path, body, type);

            answer.StatusCode.ShouldBe(status, path);
            var page = await answer.PageAsync();
            page.QuerySelector("h1").OneLine().ShouldBe("We could not read what was sent");
            page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe("/cart");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        (await _shop.OrdersAsync()).ShouldBe(orders);
        (await _client.OpenAsync("/cart")).Page.QuerySelectorAll("#p-1").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("/cart/set", "set=1:0")]
    [InlineData("/cart/adjust", "")]
    [InlineData("/cart/prices", "")]
    [InlineData("/cart", "a=b")]
    [InlineData("/checkout", "a=b")]
    [InlineData("/checkout", "_handler=nope")]
    [InlineData("/checkout", "_handler=%00&Form.Basket=%00")]
    public async Task Of_this_page_or_has_lost_its_token_keeps_the_basket_and_leads_back_to_it(string path, string body)
    {
        await _client.CarryToCheckoutAsync(1);

        using var answer = await PostAsync(path, body, UrlEncoded);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await answer.PageAsync();
        page.QuerySelector("h1").OneLine().ShouldBe("This page grew old while it was open");
        page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe("/cart");
        (await _client.OpenAsync("/cart")).Page.QuerySelectorAll("#p-1").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("set")]
    [InlineData("adjust")]
    [InlineData("prices")]
    public async Task Whose_address_is_only_read_leads_to_the_basket(string post)
    {
        using var answer = await _client.GetAsync(new Uri($"/cart/{post}", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/cart");
    }

    [Fact]
    public async Task Is_still_one_with_null_bytes_wherever_they_stand()
    {
        var checkout = await _client.CarryToCheckoutAsync(2);
        var token = ((IHtmlInputElement)checkout.QuerySelector("input[name=__RequestVerificationToken]")!).Value;

        using var answer = await PostAsync("/cart/set", $"%00=%00&q2=%00%00&q2%00=7&set=%002:0&__RequestVerificationToken={Uri.EscapeDataString(token)}", UrlEncoded);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _client.OpenAsync("/cart")).Page.QuerySelector("input[name=q2]")!.GetAttribute("value").ShouldBe("1");
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await _client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
