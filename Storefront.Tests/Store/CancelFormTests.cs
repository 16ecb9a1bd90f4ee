using System.Net;
using AngleSharp.Html.Dom;
using Storefront.Orders;

namespace Storefront.Tests.Store;

/// <summary>Cancelling from the order's page, as any browser sends it.</summary>
public sealed class Cancelling_from_the_orders_page(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A browser of this test's own.</summary>
    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Ends_the_order_puts_the_goods_back_and_returns_to_the_page()
    {
        var stock = await _shop.StockAsync(1);
        var number = await PlaceAsync();
        await _shop.WorkAsync(number, tell: true, Department.Warehouse);

        using var answer = await CancelAsync(number);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"/track/{number}");
        var order = await _shop.FindAsync(number);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.History.ShouldContain(h => h.Text == "Order cancelled by the customer");
        (await _shop.StockAsync(1)).ShouldBe(stock);
        var page = await OpenAsync(number);
        page.QuerySelector("h1")!.TextContent.ShouldBe("This order is cancelled");
        page.QuerySelector("form[action$='/cancel']").ShouldBeNull();
        page.QuerySelectorAll("noscript meta, head noscript").ShouldNotBeEmpty("the rooms are still taking back");
    }

    [Fact]
    public async Task Is_offered_to_the_browser_that_ordered_and_to_nobody_else()
    {
        var number = await PlaceAsync();
        (await OpenAsync(number)).QuerySelector("form[action$='/cancel']")!.GetAttribute("action").ShouldBe($"/track/{number}/cancel");

        var (_, theirs) = await _shop.NewClient().OpenAsync($"/track/{number}");
        theirs.QuerySelector("form[action$='/cancel']").ShouldBeNull();
        theirs.QuerySelector("h1")!.TextContent.ShouldBe("Your order is placed");
    }

    [Fact]
    public async Task Is_offered_after_the_same_basket_was_sent_again()
    {
        (await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();
        var (_, checkout) = await Client.OpenAsync("/checkout");
        using var first = await Client.CheckOutAsync(checkout);
        var number = first.Ordered();

        foreach (var name in new[] { "Helgi Möller", "Helgi Möller, corrected" })
        {
            using var other = _shop.NewClient();
            // The same page in the same browser, but its cookie of orders is gone.
            using var again = await other.CheckOutAsync(await WithTokenOfAsync(other, checkout), name);
            again.Ordered().ShouldBe(number);
            (await other.OpenAsync($"/track/{number}")).Page.QuerySelector("form[action$='/cancel']").ShouldNotBeNull(name);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task By_another_browser_or_with_a_changed_cookie_is_refused_in_the_shops_words(string? key)
    {
        var number = await PlaceAsync();
        using var other = _shop.NewClient();
        if (key is not null)
        {
            other.DefaultRequestHeaders.Add("Cookie", $"orders={number}.{key}");
        }

        using var answer = await other.PostAsync((await other.OpenAsync("/catalogue")).Page, $"/track/{number}/cancel");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await ReadAsync(answer);
        page.QuerySelector("h1")!.TextContent.ShouldBe("This order is not this browser's");
        page.QuerySelector($"a[href='/track/{number}']")!.TextContent.ShouldBe("Back to the order");
        (await _shop.FindAsync(number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_cookie_of_another_order_is_refused()
    {
        var theirs = await _shop.PlaceAsync(Cancellation);
        await PlaceAsync();
        using var answer = await CancelAsync(theirs);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _shop.FindAsync(theirs)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task From_a_page_that_grew_old_changes_nothing_and_says_what_to_do()
    {
        var number = await PlaceAsync();
        using var form = new FormUrlEncodedContent([]);
        using var answer = await Client.PostAsync(new Uri($"/track/{number}/cancel", UriKind.Relative), form, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await ReadAsync(answer);
        page.QuerySelector("h1")!.TextContent.ShouldBe("This page grew old while it was open");
        page.QuerySelector($"a[href='/track/{number}']").ShouldNotBeNull();
        (await _shop.FindAsync(number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task That_comes_too_late_changes_nothing_and_says_so()
    {
        var number = await PlaceAsync();
        var (_, open) = await Client.OpenAsync($"/track/{number}");
        await _shop.WorkAsync(number, tell: true, Department.Warehouse, Department.Packing);
        var version = (await _shop.FindAsync(number)).Version;

        using var answer = await Client.PostAsync(open, $"/track/{number}/cancel");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await _shop.FindAsync(number)).Version.ShouldBe(version);
        var (_, page) = await Client.OpenAsync(answer.Headers.Location!.OriginalString);
        page.QuerySelector(".notice")!.TextContent.ShouldContain("The Wrapping Table has begun, so this order cannot be stopped any more.");
        page.Title.ShouldNotBeNull().ShouldStartWith($"Not cancelled: order {number}");
        page.QuerySelector("form[action$='/cancel']").ShouldBeNull();
    }

    [Fact]
    public async Task Is_not_called_too_late_by_an_address_that_somebody_made_up()
    {
        var number = await PlaceAsync();
        (await OpenAsync(number, "?late=1")).QuerySelector(".notice").ShouldBeNull();
        (await CancelAsync(number)).Dispose();
        (await OpenAsync(number, "?late=1")).QuerySelector(".notice").ShouldBeNull();
    }

    [Fact]
    public async Task Twice_changes_nothing_more()
    {
        var number = await PlaceAsync();
        var (_, open) = await Client.OpenAsync($"/track/{number}");
        (await Client.PostAsync(open, $"/track/{number}/cancel")).Dispose();
        var version = (await _shop.FindAsync(number)).Version;

        using var answer = await Client.PostAsync(open, $"/track/{number}/cancel");

        answer.Headers.Location!.OriginalString.ShouldBe($"/track/{number}");
        (await _shop.FindAsync(number)).Version.ShouldBe(version);
    }

    [Fact]
    public async Task That_the_database_refuses_is_the_shops_fault_and_changes_nothing()
    {
        var number = await PlaceAsync();
        var (_, open) = await Client.OpenAsync($"/track/{number}");
        await using var db = _shop.OpenDatabase();
        await db.RefuseOrdersAsync(Cancellation);

        using var answer = await Client.PostAsync(open, $"/track/{number}/cancel");

        await db.TakeOrdersAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var page = await ReadAsync(answer);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Something broke behind the counter");
        page.QuerySelector($"a[href='/track/{number}']")!.TextContent.ShouldBe("Back to the order");
        (await _shop.FindAsync(number)).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("7Q4M-X0ZB-K2TD")]
    [InlineData("nonsense")]
    public async Task Leads_to_the_page_of_the_order_when_its_address_is_only_read(string number)
    {
        using var answer = await Client.GetAsync(new Uri($"/track/{number}/cancel", UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe($"/track/{number}");
    }

    [Fact]
    public async Task Of_no_order_at_all_is_a_404()
    {
        using var answer = await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/track/nonsense/cancel");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Waits_for_an_answer_without_scripts()
    {
        var number = await PlaceAsync();
        (await OpenAsync(number)).QuerySelector("head noscript").ShouldNotBeNull();

        var asking = await OpenAsync(number, "?cancel=ask");

        asking.QuerySelector("head noscript").ShouldBeNull("a page that loads itself again would close the question");
        asking.QuerySelector("details[open] form").ShouldNotBeNull();
        var (_, theirs) = await _shop.NewClient().OpenAsync($"/track/{number}?cancel=ask");
        theirs.QuerySelector("head noscript").ShouldNotBeNull();
    }

    [Fact]
    public async Task Is_not_undone_by_sending_the_same_basket_again()
    {
        (await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", "1"))).Dispose();
        var (_, checkout) = await Client.OpenAsync("/checkout");
        using var first = await Client.CheckOutAsync(checkout);
        (await CancelAsync(first.Ordered())).Dispose();

        using var again = await Client.CheckOutAsync(checkout, "Helgi Möller, corrected");

        var (_, page) = await Client.OpenAsync(new Uri(_shop.Address, again.Headers.Location!).PathAndQuery);
        page.QuerySelector(".notice")!.TextContent.ShouldContain("You had placed this order before, and it is cancelled.");
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);

    /// <summary>A page with the token that the given client may send.</summary>
    private static async Task<IHtmlDocument> WithTokenOfAsync(HttpClient client, IHtmlDocument page)
    {
        const string token = "input[name=__RequestVerificationToken]";
        ((IHtmlInputElement)page.QuerySelector(token)!).Value = ((IHtmlInputElement)(await client.OpenAsync("/catalogue")).Page.QuerySelector(token)!).Value;
        return page;
    }

    private async Task<OrderNumber> PlaceAsync()
    {
        using var answer = await Client.OrderAsync();
        return answer.Ordered();
    }

    private async Task<IHtmlDocument> OpenAsync(OrderNumber number, string query = "") => (await Client.OpenAsync($"/track/{number}{query}")).Page;

    private async Task<HttpResponseMessage> CancelAsync(OrderNumber number) =>
        await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, $"/track/{number}/cancel");
}
