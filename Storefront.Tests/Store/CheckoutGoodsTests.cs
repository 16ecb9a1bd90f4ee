using System.Net;

namespace Storefront.Tests.Store;

/// <summary>The goods of a checkout that is open while the shop goes on.</summary>
public sealed class Goods_at_the_checkout(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly TestShop _shop = fixture.Shop;
    private readonly HttpClient _client = fixture.Shop.NewClient();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_a_new_price_are_not_ordered_before_it_was_seen(bool doThePagesKnow)
    {
        await _shop.RepriceAsync(1, 650);
        var checkout = await _client.CarryToCheckoutAsync(1, 2);
        await (doThePagesKnow ? _shop.RepriceAsync(1, 700) : _shop.RepriceUnseenAsync(1, 700));
        var orders = await _shop.OrdersAsync();

        using var refused = await _client.SendAsync(checkout);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _shop.OrdersAsync()).ShouldBe(orders);
        var page = await refused.PageAsync();
        page.Alert().ShouldContain("Bramble Jam costs €7.00 now. When you opened this page it was €6.50.");
        page.Alert().ShouldContain("Order at these prices · €14.00");
        page.QuerySelector(".summary .seen").OneLine().ShouldBe("€7.00 each now, €6.50 before");
        page.Fields()["Form.Street"].ShouldBe("Hedge Lane 7");
        using var taken = await _client.SendAsItStandsAsync(page);
        (await _shop.FindAsync(taken.Ordered())).Price.ShouldBe(14.00m);
    }

    [Fact]
    public async Task That_were_all_sold_leave_what_was_typed_for_the_next_ones()
    {
        var checkout = await _client.CarryToCheckoutAsync(22);
        await _shop.LeaveUnseenAsync(22, 0);

        using var refused = await _client.SendAsync(checkout, ("Form.Note", "Under the fern"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.PageAsync()).Alert().ShouldContain("That leaves nothing to order.");
        refused.Headers.Cookie("storefront.typed").ShouldNotBeNull().ShouldNotContain("Hedge");
        var next = await _client.CarryToCheckoutAsync(1);
        foreach (var (name, value) in CheckoutSheetOverHttp.WellFilled)
        {
            next.Fields()[name].ShouldBe(value);
        }

        next.Fields()["Form.Note"].ShouldBeEmpty("it was for other goods");
        (await _client.SendAsItStandsAsync(next)).Dispose();
        (await _client.CarryToCheckoutAsync(1)).Fields()["Form.Street"].ShouldBeEmpty("it was used");
    }

    [Fact]
    public async Task Are_ordered_from_an_empty_form_where_the_cookie_is_none_of_the_shops()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _shop.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"storefront.typed=CfDJ8nonsense; basket={Storefront.Web.Store.Cart.Basket.Empty().With(1, 1)}");

        (await client.OpenAsync("/checkout")).Page.Fields()["Form.Name"].ShouldBeEmpty();
    }

    [Fact]
    public async Task That_were_sold_meanwhile_are_named_one_by_one_and_one_click_takes_the_rest()
    {
        await _shop.RepriceAsync(2, 500);
        await AddAsync(3, 2);
        await AddAsync(4, 5);
        var checkout = await _client.CarryToCheckoutAsync(2);
        await _shop.LeaveUnseenAsync(3, 0);
        await _shop.LeaveUnseenAsync(4, 3);
        await _shop.RepriceUnseenAsync(4, 100);
        var orders = await _shop.OrdersAsync();

        using var refused = await _client.SendAsync(checkout);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _shop.OrdersAsync()).ShouldBe(orders);
        var page = await refused.PageAsync();
        var told = page.QuerySelectorAll("main [role=alert] p").Select(p => p.OneLine()).ToList();
        told.Count.ShouldBe(4);
        told[0].ShouldBe("The last Moon Carrot Seeds just left the shelf. We took it out of your basket.");
        told[1].ShouldEndWith("left. Your basket has 3 now instead of 5.");
        told[2].ShouldContain("costs €1.00 now");
        told[3].ShouldStartWith("The rest is ready to order");
        page.QuerySelectorAll("[role=alert] button[type=submit][form=checkout]").Length.ShouldBe(1);
        using var taken = await _client.SendAsItStandsAsync(page);
        var order = await _shop.FindAsync(taken.Ordered());
        order.Lines.Select(l => (l.ProductId, l.Quantity)).ShouldBe([(2, 1), (4, 3)]);
        order.Price.ShouldBe(8.00m);
        (await _shop.StockAsync(4)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_which_nothing_is_left_keep_the_customer_from_ordering_nothing()
    {
        var checkout = await _client.CarryToCheckoutAsync(5);
        await _shop.LeaveAsync(5, 0);

        using var refused = await _client.SendAsync(checkout);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await refused.PageAsync();
        page.Alert().ShouldContain("That leaves nothing to order.");
        page.QuerySelector("#checkout").ShouldBeNull();
        page.QuerySelector("main a[href='/catalogue']").ShouldNotBeNull();
    }

    [Fact]
    public async Task That_cannot_be_had_are_left_out_by_name_when_the_page_is_opened_and_stay_in_the_basket()
    {
        await _shop.RepriceAsync(6, 400);
        await _shop.LeaveAsync(6, 5);
        await AddAsync(6, 3);
        await AddAsync(7, 1);
        await _shop.LeaveAsync(6, 1);
        await _shop.LeaveAsync(7, 0);

        var (status, page) = await _client.OpenAsync("/checkout");

        status.ShouldBe(HttpStatusCode.OK);
        var told = page.QuerySelectorAll("main [role=status] p").Select(p => p.OneLine()).ToList();
        told.Count.ShouldBe(3);
        told[0].ShouldEndWith("only 1 left, and your basket has 3.");
        told[1].ShouldEndWith("is sold out.");
        page.QuerySelector(".summary-total .price").OneLine().ShouldBe("€4.00");
        using var answer = await _client.SendAsync(page);
        (await _shop.FindAsync(answer.Ordered())).Lines.Select(l => (l.ProductId, l.Quantity)).ShouldBe([(6, 1)]);
        var cart = (await _client.OpenAsync("/cart")).Page;
        cart.QuerySelectorAll("#p-6, #p-7").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData(Id + ".1x-1")]
    [InlineData(Id + ".1x0")]
    [InlineData(Id + ".1x1000000")]
    [InlineData(Id + ".1x1p-5")]
    [InlineData("<script>.1x1")]
    [InlineData(Id + ".1x1\0")]
    [InlineData("../../etc/passwd")]
    public async Task That_nobody_can_read_are_not_ordered_and_what_was_typed_is_kept(string goods)
    {
        var checkout = await _client.CarryToCheckoutAsync(8);
        var orders = await _shop.OrdersAsync();

        using var refused = await _client.SendAsync(checkout, ("Form.Basket", goods));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _shop.OrdersAsync()).ShouldBe(orders);
        var page = await refused.PageAsync();
        page.Alert().ShouldStartWith("We could not tell which goods this page was to order, so nothing is ordered yet.");
        page.Fields()["Form.Name"].ShouldBe("Helgi Möller");
        using var taken = await _client.SendAsItStandsAsync(page);
        (await _shop.FindAsync(taken.Ordered())).Lines.Select(l => l.ProductId).ShouldBe([8], "the page went on with the visitor's own basket");
    }

    [Theory]
    [InlineData(Id)]
    [InlineData(Id + ".99999x1")]
    [InlineData(Id + ".99999x1.2147483647x2")]
    public async Task That_the_shop_does_not_know_are_not_ordered(string goods)
    {
        var orders = await _shop.OrdersAsync();

        using var refused = await _client.SendAsync(await _client.CarryToCheckoutAsync(8), ("Form.Basket", goods));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _shop.OrdersAsync()).ShouldBe(orders);
        (await refused.PageAsync()).Alert().ShouldContain("That leaves nothing to order.");
    }

    [Fact]
    public async Task That_left_the_catalogue_are_taken_out_and_the_rest_is_one_click_away()
    {
        var checkout = await _client.CarryToCheckoutAsync(8);
        await AddAsync(12, 1);

        using var refused = await _client.SendAsync(checkout, ("Form.Basket", checkout.Fields()["Form.Basket"] + ".99999x1"));

        var page = await refused.PageAsync();
        page.Alert().ShouldStartWith("Something in your basket is not in the shop any more");
        (await _client.OpenAsync("/cart")).Page.QuerySelectorAll("#p-8, #p-12").Length.ShouldBe(2);
        using var taken = await _client.SendAsItStandsAsync(page);
        (await _shop.FindAsync(taken.Ordered())).Lines.Select(l => l.ProductId).ShouldBe([8]);
    }

    [Fact]
    public async Task Cost_what_the_shop_says_whatever_the_form_does()
    {
        await _shop.RepriceAsync(9, 900);
        var checkout = await _client.CarryToCheckoutAsync(9);

        using var refused = await _client.SendAsync(checkout, ("Form.Basket", $"{Id[..^1]}0.9x1p1"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var unpriced = await _client.SendAsync(checkout, ("Form.Basket", $"{Id[..^1]}0.9x1"), ("Form.Price", "0.01"), ("price", "1"), ("Form.Total", "0"));

        (await _shop.FindAsync(unpriced.Ordered())).Price.ShouldBe(9.00m);
    }

    [Fact]
    public async Task Are_those_of_the_page_also_after_another_tab_changed_the_basket()
    {
        var checkout = await _client.CarryToCheckoutAsync(10);
        await AddAsync(11, 1);

        using var answer = await _client.SendAsync(checkout);

        (await _shop.FindAsync(answer.Ordered())).Lines.Select(l => l.ProductId).ShouldBe([10]);
        (await _client.OpenAsync("/cart")).Page.QuerySelectorAll("#p-11").Length.ShouldBe(1, "what was added later stays in the basket");
    }

    private async Task AddAsync(int product, int pieces) =>
        (await _client.PostAsync((await _client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", $"{product}"), ("quantity", $"{pieces}"))).Dispose();
}
