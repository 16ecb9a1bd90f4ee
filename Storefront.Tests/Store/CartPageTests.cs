using AngleSharp.Html.Dom;

namespace Storefront.Tests.Store;

/// <summary>What the basket says of goods that changed since they were put in.</summary>
public sealed class A_basket_that_has_been_away(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;
    private readonly HttpClient _client = fixture.Shop.NewClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Points_a_new_price_out_line_by_line_and_counts_with_it()
    {
        await _shop.RepriceAsync(1, 650);
        await AddAsync(1, 2);
        await AddAsync(2, 1);
        await _shop.RepriceAsync(1, 700);

        var cart = await CartAsync();

        cart.QuerySelector("#p-1 .line-price").OneLine().ShouldBe("€7.00 now. It was €6.50 when you put it in.");
        cart.QuerySelector("#p-2 .line-price").ShouldBeNull();
        cart.QuerySelector("#p-1 .line-total").OneLine().ShouldBe("€14.00");
        cart.QuerySelector("main [role=status]").OneLine().ShouldStartWith("Some things cost something else than when you put them in");
    }

    [Fact]
    public async Task Points_it_out_until_it_is_seen()
    {
        await _shop.RepriceAsync(3, 650);
        await AddAsync(3, 1);
        await _shop.RepriceAsync(3, 600);
        await AddAsync(3, 1);
        var cart = await CartAsync();
        cart.QuerySelector("#p-3 .line-price").OneLine().ShouldContain("It was €6.50", customMessage: "another piece does not hide it");

        (await _client.PostAsync(cart, "/cart/prices")).Dispose();

        cart = await CartAsync();
        cart.QuerySelector("#p-3 .line-price").ShouldBeNull();
        cart.QuerySelector("input[name=q3]")!.GetAttribute("value").ShouldBe("2");
    }

    [Theory]
    [InlineData("5x2", null)]
    [InlineData("5x2p1", "It was €0.01")]
    [InlineData("5x2p999999999", "It was €9,999,999.99")]
    public async Task Believes_no_cookie_about_what_things_cost(string item, string? told)
    {
        await _shop.RepriceAsync(5, 1900);
        using var client = _shop.NewClient();

        var (_, cart) = await client.OpenAsync("/cart", $"0123456789abcdef0123456789abcdef.{item}");

        cart.QuerySelector(".cart-total dd").OneLine().ShouldBe("€38.00");
        (cart.QuerySelector(".line-price")?.OneLine() ?? "").ShouldContain(told ?? "");
        (cart.QuerySelector(".line-price") is null).ShouldBe(told is null, "where nobody knows what it cost, nothing is said");
    }

    [Fact]
    public async Task Offers_what_is_left_of_a_line_and_keeps_the_others_ready_to_order()
    {
        await AddAsync(7, 4);
        await AddAsync(8, 1);
        await _shop.RepriceAsync(7, 500);
        await _shop.RepriceAsync(8, 300);
        await _shop.LeaveAsync(7, 3);

        var cart = await CartAsync();

        cart.QuerySelector("#p-7 .line-short").OneLine().ShouldBe("Only 3 left, and your basket has 4. The total counts 3.");
        cart.QuerySelector("#p-8 .line-short").ShouldBeNull();
        cart.QuerySelector(".cart-total dd").OneLine().ShouldBe("€18.00");
        cart.QuerySelector("a[href='/checkout']").ShouldNotBeNull();
        var take = (IHtmlButtonElement)cart.QuerySelector("#p-7 .line-news button")!;
        take.OneLine().ShouldBe("Take the 3 that are left");
        (await _client.PostAsync(cart, "/cart/set", (take.Name!, take.Value))).Dispose();
        cart = await CartAsync();
        cart.QuerySelector("input[name=q7]")!.GetAttribute("value").ShouldBe("3");
        cart.QuerySelectorAll("main [role=status]").Where(e => e.OneLine().Contains("less than your basket", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaves_a_line_out_that_is_sold_out_and_offers_its_neighbours()
    {
        await AddAsync(9, 1);
        await AddAsync(10, 1);
        await _shop.RepriceAsync(10, 300);
        await _shop.LeaveAsync(9, 0);

        var cart = await CartAsync();

        cart.QuerySelector("#p-9 .line-short").OneLine().ShouldBe("Sold out since you put it in. The total leaves it out.");
        cart.QuerySelector("#p-9 .line-news a")!.GetAttribute("href").ShouldStartWith("/catalogue?category=");
        cart.QuerySelector("#p-9 input").ShouldBeNull("there is nothing to count");
        cart.QuerySelector("#p-9 .line-remove").ShouldNotBeNull();
        cart.QuerySelector(".cart-total dd").OneLine().ShouldBe("€3.00");
        cart.QuerySelector("a[href='/checkout']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_which_nothing_can_be_had_has_no_way_to_the_checkout_and_says_why()
    {
        await AddAsync(11, 1);
        await _shop.LeaveAsync(11, 0);

        var cart = await CartAsync();

        cart.QuerySelector("main [role=status]").OneLine().ShouldStartWith("Everything in your basket is sold out just now");
        cart.QuerySelector("a[href='/checkout']").ShouldBeNull();
        using var checkout = await _client.GetAsync(new Uri("/checkout", UriKind.Relative), TestContext.Current.CancellationToken);
        new Uri(_shop.Address, checkout.Headers.Location!).AbsolutePath.ShouldBe("/cart");
    }

    [Fact]
    public async Task Forgets_goods_that_the_shop_does_not_have_any_more()
    {
        using var client = _shop.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/cart", UriKind.Relative));
        request.Headers.Add("Cookie", "basket=0123456789abcdef0123456789abcdef.12x1.99999x3");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("basket=0123456789abcdef0123456789abcdef.12x1;", StringComparison.Ordinal));
        (await answer.PageAsync()).QuerySelector(".basket-link").OneLine().ShouldContain("1 piece");
    }

    [Theory]
    [InlineData("/cart?limited=<script>")]
    [InlineData("/cart?uncounted=99999999999")]
    [InlineData("/cart?limited=%00&uncounted=-1")]
    public async Task Has_a_page_whatever_its_address_says(string path) => (await _client.OpenAsync(path)).Status.ShouldBe(System.Net.HttpStatusCode.OK);

    private async Task AddAsync(int product, int pieces) =>
        (await _client.PostAsync((await _client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", $"{product}"), ("quantity", $"{pieces}"))).Dispose();

    private async Task<IHtmlDocument> CartAsync() => (await _client.OpenAsync("/cart")).Page;
}
