using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>Looking for an order by its number, with or without the e-mail address it was placed with.</summary>
public sealed class Looking_for_an_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Theory]
    [InlineData("helgi@example.com")]
    [InlineData("  HELGI@Example.com ")]
    public async Task By_number_and_email_makes_it_this_browsers_own(string email)
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await FindAsync(order.Number.ToString(), email);

        answer.Ordered().ShouldBe(order.Number);
        answer.Headers.Location!.OriginalString.ShouldNotContain("helgi");
        var (_, page) = await Client.OpenAsync($"/track/{order.Number}");
        page.QuerySelector(".order-customer")!.TextContent.ShouldContain("Hedge Lane 7");
    }

    [Fact]
    public async Task By_number_alone_shows_what_anybody_sees()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);

        using var answer = await FindAsync(order.Number.ToString(), "");

        answer.Ordered().ShouldBe(order.Number);
        answer.Headers.Cookie(OwnOrders.CookieName).ShouldBeNull();
    }

    [Fact]
    public async Task Is_answered_alike_whether_there_is_none_or_the_address_is_another_or_it_has_none()
    {
        var order = await HelgisOrder.PlaceAsync(_shop);
        var withoutAddress = await HelgisOrder.PlaceAsync(_shop, email: null);

        // The first answer to a browser sets the cookie that goes with forms.
        await AnswerAsync(OrderNumber.New(), "somebody@example.com");

        var mismatch = await AnswerAsync(order.Number, "somebody@example.com");
        mismatch.ShouldContain("We find no order with this number and this e-mail address.");
        (await AnswerAsync(OrderNumber.New(), "somebody@example.com")).ShouldBe(mismatch);
        (await AnswerAsync(withoutAddress.Number, "somebody@example.com")).ShouldBe(mismatch);
    }

    [Theory]
    [InlineData("", "helgi@example.com", "This is not an order number.")]
    [InlineData("nonsense", "helgi@example.com", "This is not an order number.")]
    [InlineData("7Q4M-X0ZB-K2TD-7Q4M", "helgi@example.com", "This is not an order number.")]
    [InlineData("<script>alert(1)</script>", "helgi@example.com", "This is not an order number.")]
    [InlineData("\u202e7Q4M-X0ZB-K2TD", "helgi@example.com", "This is not an order number.")]
    [InlineData("🐇🐇🐇🐇-🐇🐇🐇🐇-🐇🐇🐇🐇", "", "This is not an order number.")]
    [InlineData("7Q4M-X0ZB-K2TD", "helgi at home", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("7Q4M-X0ZB-K2TD", "<script>alert(1)</script>", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("7Q4M-X0ZB-K2TD", "Helgi <helgi@example.com>", "Enter an address like helgi@example.com, or leave this empty.")]
    [InlineData("7Q4M-X0ZB-K2TD", "\u202ehelgi@example.com\u001a", "We find no order|Enter an address like")]
    [InlineData("7Q4M-X0ZB-K2TD", "' OR 1=1 --@example.com", "We find no order|Enter an address like")]
    [InlineData("7Q4M-X0ZB-K2TD", "", "There is no order 7Q4M-X0ZB-K2TD.")]
    public async Task By_something_else_says_what_would_be_right_and_keeps_what_was_typed(string number, string email, string message)
    {
        using var answer = await FindAsync(number, email);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.PageAsync();
        var faults = string.Concat(page.QuerySelectorAll("main [role=alert]").Select(f => f.TextContent));
        message.Split('|').ShouldContain(m => faults.Contains(m, StringComparison.Ordinal), faults);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        ((IHtmlInputElement)page.QuerySelector("#order")!).Value.ShouldBe(number);
        answer.Headers.Cookie(OwnOrders.CookieName).ShouldBeNull();
    }

    [Fact]
    public async Task By_texts_that_are_far_too_long_is_answered_like_any_other()
    {
        using var answer = await FindAsync(new string('7', 100_000), new string('a', 100_000) + "@example.com");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.PageAsync()).QuerySelectorAll("main [role=alert]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Again_and_again_with_addresses_is_held_up_and_by_numbers_alone_is_not()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["RateLimit:LookupsPerMinute"] = "2" });
        var order = await HelgisOrder.PlaceAsync(shop);
        HttpStatusCode status;
        TimeSpan? wait = null;
        var tries = 0;
        do
        {
            // Two a minute go through; on a machine so slow that the minute is over in between, some more.
            using var answer = await FindAsync(order.Number.ToString(), $"guess-{tries++}@example.com", shop.Client);
            (status, wait) = (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }
        while (status == HttpStatusCode.UnprocessableEntity && tries < 100);

        status.ShouldBe(HttpStatusCode.TooManyRequests);
        wait!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        using var byNumber = await FindAsync(order.Number.ToString(), "", shop.Client);
        byNumber.Ordered().ShouldBe(order.Number);
    }

    [Fact]
    public async Task Is_offered_where_an_order_was_not_found()
    {
        using var answer = await Client.AskAsync("/track/0000-0000-0000");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var form = (await answer.PageAsync()).QuerySelector("main form.find-form")!;
        (form.GetAttribute("method"), form.GetAttribute("action"), form.QuerySelector("input[name=_handler]")!.GetAttribute("value")).ShouldBe(("post", "/track", "find"));
    }

    private Task<HttpResponseMessage> FindAsync(string number, string email, HttpClient? client = null) =>
        (client ?? Client).SendAsync("/track", ("_handler", "find"), ("Form.Order", number), ("Form.Email", email));

    /// <summary>Status, headers and page, without what was typed and without the hour.</summary>
    private async Task<string> AnswerAsync(OrderNumber number, string email)
    {
        using var answer = await FindAsync(number.ToString(), email);
        var headers = answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(' ', h.Value)}").Order(StringComparer.Ordinal);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // What Blazor seals into every page is another each time.
        page = Regex.Replace(page.Replace(number.ToString(), "…", StringComparison.Ordinal), "<!--Blazor.*?-->", "", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{page}";
    }
}
