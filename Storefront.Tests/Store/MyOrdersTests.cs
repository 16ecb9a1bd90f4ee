using System.Net;
using AngleSharp.Html.Dom;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>The list of the orders that a browser remembers.</summary>
public sealed class My_orders(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Stand_there_the_newest_first_with_status_goods_and_total_and_nothing_personal()
    {
        var (first, second) = (await OwnAsync(1, 1, 5), await OwnAsync(1));
        await _shop.WorkAsync(first.Number, tell: true, Department.Warehouse);

        var page = await OpenAsync();

        page.QuerySelectorAll(".own-order h2 a").Select(a => a.GetAttribute("href")).ShouldBe([$"/track/{second.Number}", $"/track/{first.Number}"]);
        var older = page.QuerySelectorAll(".own-order")[1];
        older.QuerySelector(".chip")!.TextContent.ShouldBe("Picked");
        older.QuerySelector(".own-goods")!.TextContent.Trim().ShouldBe("Bramble Jam × 2, Storm Lantern × 1");
        older.QuerySelector(".own-total .price")!.TextContent.ShouldBe("€51.00");
        foreach (var word in HelgisOrder.Personal)
        {
            HelgisOrder.Shown(page).ShouldNotContain(word);
        }

        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Fact]
    public async Task Say_that_one_takes_longer()
    {
        var order = await OwnAsync();
        await Browser.Desks.ChangeAsync(_shop, order.Number, (o, now) =>
        {
            o.Claim(Department.Warehouse, now, alone: true);
            o.GiveUp(Department.Warehouse, 1, "jammed", now);
        });

        (await OpenAsync()).QuerySelector(".own-order .chip")!.TextContent.ShouldBe("Taking longer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{0}")]
    [InlineData("{0}.0123456789abcdef0123456789abcdef")]
    [InlineData("nonsense~~.%00")]
    public async Task Are_none_without_the_proof_and_the_page_says_what_to_do(string cookie)
    {
        var order = await HelgisOrder.PlaceAsync(_shop);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _shop.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{OwnOrders.CookieName}={string.Format(cookie, order.Number)}");

        var (status, page) = await client.OpenAsync("/orders");

        status.ShouldBe(HttpStatusCode.OK);
        page.QuerySelector("main h2")!.TextContent.ShouldBe("No orders here yet");
        page.QuerySelectorAll("main .empty-ways a").Select(a => a.GetAttribute("href")).ShouldBe(["/catalogue", "/track"]);
        page.QuerySelectorAll(".own-order, main form").ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_forgotten_one_by_one_and_the_order_goes_on()
    {
        var (first, second) = (await OwnAsync(), await OwnAsync());
        var page = await OpenAsync();
        var address = page.QuerySelectorAll(".own-order form[action^='/orders/forget']")[1].GetAttribute("action")!;

        using var answer = await Client.PostAsync(page, address);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = (await Client.OpenAsync(answer.Headers.Location!.OriginalString)).Page;
        after.QuerySelectorAll(".own-order h2 a").Select(a => a.GetAttribute("href")).ShouldBe([$"/track/{second.Number}"]);
        after.QuerySelector("[role=status]")!.TextContent.ShouldContain("Forgotten by this browser.");
        (await Client.OpenAsync($"/track/{first.Number}")).Page.QuerySelector(".order-customer").ShouldBeNull();
        (await _shop.FindAsync(first.Number)).Status.ShouldBe(OrderStatus.Placed);
    }

    [Fact]
    public async Task Are_forgotten_all_at_once_and_nothing_stays_in_the_browser()
    {
        await OwnAsync();
        await OwnAsync();

        using var answer = await Client.PostAsync(await OpenAsync(), "/orders/forget");

        answer.Headers.Cookie(OwnOrders.CookieName)!.ShouldStartWith("orders=;");
        var after = (await Client.OpenAsync(answer.Headers.Location!.OriginalString)).Page;
        after.QuerySelector("main h2")!.TextContent.ShouldBe("No orders here yet");
    }

    [Theory]
    [InlineData("/orders/forget")]
    [InlineData("/orders/forget/7Q4M-X0ZB-K2TD")]
    public async Task Are_not_forgotten_because_another_site_says_so(string path)
    {
        await OwnAsync();

        using var answer = await Client.SendAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await OpenAsync()).QuerySelectorAll(".own-order").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("%00")]
    [InlineData("7Q4M-X0ZB-K2TD")]
    public async Task Stay_as_they_are_when_one_is_forgotten_that_is_not_among_them(string number)
    {
        await OwnAsync();

        using var answer = await Client.PostAsync(await OpenAsync(), $"/orders/forget/{number}");

        ((int)answer.StatusCode).ShouldBeLessThan(500);
        (await OpenAsync()).QuerySelectorAll(".own-order").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Are_linked_from_the_foot_of_every_page() =>
        (await Client.OpenAsync("/")).Page.QuerySelector("footer a[href='/orders']")!.TextContent.ShouldBe("My orders");

    private async Task<IHtmlDocument> OpenAsync() => (await Client.OpenAsync("/orders")).Page;

    /// <summary>An order that this browser opened by its mailed link.</summary>
    private async Task<HelgisOrder> OwnAsync(params int[] products)
    {
        var order = await HelgisOrder.PlaceAsync(_shop, products: products);
        (await Client.AskAsync(order.Mailed)).Dispose();
        return order;
    }
}
