using System.Net;
using Storefront.Orders;
using Storefront.Tests.Browser;
using Storefront.Web.Store.Cart;

namespace Storefront.Tests.Store;

/// <summary>The pages as they are answered: addresses, statuses, and what they do without.</summary>
public sealed class The_pages_of_the_store(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private readonly TestShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/catalogue?category=nope", "There is no such shelf")]
    [InlineData("/product/nope", "We do not have that product")]
    [InlineData("/track/nope", "There is no order of that number")]
    [InlineData("/track/0000-0000-0000", "There is no order of that number")]
    [InlineData("/nope", "There is nothing at this address")]
    [InlineData("/nope/at/all", "There is nothing at this address")]
    public async Task That_do_not_exist_are_a_404_with_help(string path, string title)
    {
        var (status, page) = await _shop.Client.OpenAsync(path);

        status.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("h1")!.TextContent.ShouldBe(title);
        page.QuerySelectorAll("nav[aria-label=Shelves] a").Length.ShouldBe(6);
        page.QuerySelectorAll("header, main, footer").Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("/product/bramble-jma", "/product/bramble-jam")]
    [InlineData("/product/coper-dibber?lang=de", "/product/copper-dibber")]
    [InlineData("/shop/nettle-tea", "/product/nettle-and-mint-tea")]
    public async Task That_do_not_exist_name_the_goods_that_may_have_been_looked_for(string path, string nearest)
    {
        var (status, page) = await _shop.Client.OpenAsync(path);

        status.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("main .card-link")!.GetAttribute("href").ShouldBe(nearest);
    }

    [Theory]
    [InlineData("/product/bramble-jma")]
    [InlineData("/nope")]
    public async Task That_do_not_exist_have_a_search_and_ways_back(string path)
    {
        var (_, page) = await _shop.Client.OpenAsync(path);

        page.QuerySelectorAll("main form[role=search] input[name=q]").Length.ShouldBe(1);
        page.QuerySelectorAll("main nav[aria-label='Ways back'] a").Select(a => a.GetAttribute("href")).ShouldBe(["/", "/catalogue", "/track"]);
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
        page.QuerySelector("link[rel=canonical]").ShouldBeNull();
        page.QuerySelectorAll("main input[name=__RequestVerificationToken]").ShouldBeEmpty("help sets no cookie");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/catalogue")]
    [InlineData("/product/bramble-jam")]
    [InlineData("/cart")]
    [InlineData("/track")]
    [InlineData("/nope")]
    public async Task Do_without_Blazors_script_and_state(string path)
    {
        var (_, page) = await _shop.Client.OpenAsync(path);

        page.QuerySelectorAll("script[src*='_framework']").ShouldBeEmpty();
        page.DocumentElement.OuterHtml.ShouldNotContain("<!--Blazor");
    }

    [Fact]
    public async Task Of_an_order_follow_it_until_it_is_complete()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        var (_, page) = await _shop.Client.OpenAsync($"/track/{number}");
        page.QuerySelectorAll("script[src*='_framework']").Select(s => s.GetAttribute("src")!).ShouldHaveSingleItem().ShouldContain("blazor.server");
        page.QuerySelector("noscript meta, head noscript").ShouldNotBeNull();
        page.DocumentElement.OuterHtml.ShouldContain("\"type\":\"server\"");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Your order is placed", "the page is whole before the circuit is there");
    }

    [Fact]
    public async Task Of_an_order_that_is_complete_do_without_it_again()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        foreach (var department in OrderTerms.Departments)
        {
            await _shop.FinishAsync(number, department);
        }

        var (_, page) = await _shop.Client.OpenAsync($"/track/{number}");

        page.QuerySelectorAll("script[src*='_framework']").ShouldBeEmpty();
        page.DocumentElement.OuterHtml.ShouldNotContain("<!--Blazor");
    }

    [Fact]
    public async Task Of_an_order_are_found_however_its_number_is_typed()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        var sloppy = number.ToString().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

        foreach (var path in new[] { $"/track/{sloppy}", $"/track?order=+{sloppy}+" })
        {
            using var answer = await _shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            new Uri(_shop.Address, answer.Headers.Location!).AbsolutePath.ShouldBe($"/track/{number}");
        }
    }

    [Theory]
    [InlineData("TEA", "products found")]
    [InlineData("bramble jám", "1 product found")]
    [InlineData("zzz", "0 products found")]
    [InlineData("<script>alert(1)</script>", "0 products found")]
    public async Task Of_a_search_say_how_much_was_found(string typed, string count)
    {
        var (status, page) = await _shop.Client.OpenAsync($"/catalogue?q={Uri.EscapeDataString(typed)}");

        status.ShouldBe(HttpStatusCode.OK);
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain(count);
        page.QuerySelector("h1")!.TextContent.ShouldContain(typed);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
    }

    [Fact]
    public async Task Say_stock_only_when_it_matters()
    {
        (await _shop.Client.OpenAsync("/product/copper-dibber")).Page.QuerySelector(".product")!.TextContent.ShouldContain("Only 3 left");
        (await _shop.Client.OpenAsync("/product/bramble-jam")).Page.QuerySelector(".product")!.TextContent.ShouldNotContain("left");
        var soldOut = (await _shop.Client.OpenAsync("/product/night-scented-stock")).Page.QuerySelector(".product")!;
        soldOut.TextContent.ShouldContain("Sold out");
        soldOut.QuerySelector("form").ShouldBeNull();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0123456789abcdef0123456789abcdef.99999x3")]
    [InlineData("0123456789abcdef0123456789abcdef.1x9999")]
    [InlineData("%00%ff.../..")]
    public async Task Take_a_basket_that_was_tampered_with_for_an_empty_one(string cookie)
    {
        foreach (var path in new[] { "/", "/cart" })
        {
            (await _shop.NewClient().OpenAsync(path, cookie)).Status.ShouldBe(HttpStatusCode.OK);
        }

        var (_, page) = await _shop.NewClient().OpenAsync("/cart", cookie);
        page.QuerySelector("main h2")!.TextContent.ShouldBe("Nothing in it yet");
        BasketCookie.Name.ShouldBe("basket");
    }
}
