using System.Net;
using AngleSharp.Html.Dom;

namespace Storefront.Tests.Store;

/// <summary>The catalogue as a browser without scripts gets it.</summary>
public sealed class The_catalogue_page(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private readonly TestShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_and_pages_all_goods()
    {
        var first = await OpenAsync("/catalogue");
        var second = await OpenAsync("/catalogue?page=2");

        Status(first).ShouldBe("42 products · page 1 of 2");
        Names(first).Count.ShouldBe(24);
        Names(second).Count.ShouldBe(18);
        Names(first).Intersect(Names(second), StringComparer.Ordinal).ShouldBeEmpty();
        first.QuerySelector("head link[rel=next]")!.GetAttribute("href").ShouldBe("/catalogue?page=2");
        first.QuerySelector("head link[rel=prev]").ShouldBeNull();
        second.QuerySelector("head link[rel=prev]")!.GetAttribute("href").ShouldBe("/catalogue");
        second.QuerySelector("head link[rel=next]").ShouldBeNull();
        second.QuerySelector(".pages [aria-current=page]")!.GetAttribute("aria-label").ShouldBe("Page 2");
        Canonical(second).ShouldBe($"{_shop.Address}catalogue?page=2");
    }

    [Theory]
    [InlineData("/catalogue?page=99", "page=2")]
    [InlineData("/catalogue?page=0", "")]
    [InlineData("/catalogue?page=-7&sort=nonsense&in_stock=perhaps&utm_source=x", "")]
    [InlineData("/catalogue?page=99999999999999999999", "")]
    public async Task Takes_what_makes_no_sense_for_nothing(string path, string canonical) =>
        new Uri(Canonical(await OpenAsync(path))).Query.ShouldBe(canonical.Length > 0 ? $"?{canonical}" : "");

    [Fact]
    public async Task Filters_by_price_and_stock_and_sorts()
    {
        var page = await OpenAsync("/catalogue?category=seeds&price_from=3&price_to=9,50&in_stock=1&sort=price");

        var prices = page.QuerySelectorAll(".card .price").Select(p => decimal.Parse(p.TextContent.TrimStart('€'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        prices.ShouldNotBeEmpty();
        prices.ShouldBeInOrder();
        prices.ShouldAllBe(p => p >= 3 && p <= 9.5m);
        Names(page).ShouldNotContain("Night-Scented Stock");
        Status(page).ShouldStartWith($"{prices.Count} product");
        Field(page, "price_from").Value.ShouldBe("3");
        Field(page, "in_stock").IsChecked.ShouldBeTrue();
        ((IHtmlSelectElement)page.QuerySelector("select[name=sort]")!).Value.ShouldBe("price");
        ((IHtmlSelectElement)page.QuerySelector("select[name=category]")!).Value.ShouldBe("seeds");
        page.QuerySelector("details.filters")!.HasAttribute("open").ShouldBeTrue();
    }

    [Fact]
    public async Task Has_a_chip_for_every_filter_that_leads_to_the_same_without_it()
    {
        var page = await OpenAsync("/catalogue?q=tea&category=teas&price_from=3&price_to=9.50&in_stock=1&sort=name&lang=en");

        page.QuerySelectorAll(".filter-chips a").Select(a => (a.TextContent, a.GetAttribute("href"))).ShouldBe(
        [
            ("“tea”", "/catalogue?category=teas&price_from=3&price_to=9.50&in_stock=1&sort=name&lang=en"),
            ("Teas", "/catalogue?q=tea&price_from=3&price_to=9.50&in_stock=1&sort=name&lang=en"),
            ("From €3.00", "/catalogue?q=tea&category=teas&price_to=9.50&in_stock=1&sort=name&lang=en"),
            ("Up to €9.50", "/catalogue?q=tea&category=teas&price_from=3&in_stock=1&sort=name&lang=en"),
            ("In stock", "/catalogue?q=tea&category=teas&price_from=3&price_to=9.50&sort=name&lang=en"),
            ("Clear all", "/catalogue?sort=name&lang=en"),
        ]);
    }

    [Fact]
    public async Task Explains_a_price_that_is_none_beside_its_field_and_keeps_the_rest()
    {
        var page = await OpenAsync("/catalogue?category=teas&price_from=cheap%22%3E&price_to=100&in_stock=1");

        var from = Field(page, "price_from");
        from.Value.ShouldBe("cheap\">");
        page.GetElementById(from.GetAttribute("aria-describedby")!)!.TextContent.ShouldContain("no price");
        Field(page, "price_to").Value.ShouldBe("100");
        Field(page, "in_stock").IsChecked.ShouldBeTrue();
        Names(page).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/catalogue?q=&category=&price_from=&price_to=&sort=", "/catalogue")]
    [InlineData("/catalogue?category=teas&price_from=&price_to=10&sort=&in_stock=1", "/catalogue?category=teas&price_to=10&in_stock=1")]
    [InlineData("/catalogue?page=1&lang=de", "/catalogue?lang=de")]
    public async Task Sends_a_form_with_empty_fields_on_to_the_clean_address(string sent, string clean)
    {
        using var answer = await _shop.Client.GetAsync(new Uri(sent, UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(_shop.Address, answer.Headers.Location!).PathAndQuery.ShouldBe(clean);
    }

    [Fact]
    public async Task Forgives_a_typing_error_and_says_what_it_looked_for_instead()
    {
        var page = await OpenAsync("/catalogue?q=brambel+jam&sort=name");

        Names(page).ShouldContain("Bramble Jam");
        page.QuerySelector(".page-meant")!.TextContent.ShouldContain("Nothing here says “brambel jam”");
        page.QuerySelector(".page-meant a")!.GetAttribute("href").ShouldBe("/catalogue?q=Bramble%20jam&sort=name");
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Theory]
    [InlineData("/catalogue?category=teas&price_from=4000", "/catalogue?category=teas")]
    [InlineData("/catalogue?q=night-scented&in_stock=1", "/catalogue?q=night-scented")]
    [InlineData("/catalogue?q=night-scented&in_stock=1&price_from=4000", "/catalogue?q=night-scented")]
    public async Task That_is_empty_leads_to_the_filters_wider_by_one(string path, string wider)
    {
        var page = await OpenAsync(path);

        Status(page).ShouldStartWith("0 products found");
        var way = page.QuerySelector(".empty a")!;
        way.GetAttribute("href").ShouldBe(wider);
        Names(await OpenAsync(wider)).Count.ShouldBeGreaterThan(0);
    }

    private async Task<IHtmlDocument> OpenAsync(string path)
    {
        var (status, page) = await _shop.Client.OpenAsync(path);
        status.ShouldBe(HttpStatusCode.OK);
        return page;
    }

    private static string Status(IHtmlDocument page) => page.QuerySelector("[role=status]")!.TextContent.Trim();

    private static List<string> Names(IHtmlDocument page) => [.. page.QuerySelectorAll(".card-name").Select(n => n.TextContent)];

    private static IHtmlInputElement Field(IHtmlDocument page, string name) => (IHtmlInputElement)page.QuerySelector($".filters input[name={name}]")!;

    private static string Canonical(IHtmlDocument page) => page.QuerySelector("link[rel=canonical]")!.GetAttribute("href")!;
}
