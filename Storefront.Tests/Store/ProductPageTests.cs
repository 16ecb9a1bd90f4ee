using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>What a product's page tells people, search engines and those who share its link.</summary>
public sealed class A_products_page : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("bramble-jam", "https://schema.org/InStock")]
    [InlineData("copper-dibber", "https://schema.org/LimitedAvailability")]
    [InlineData("night-scented-stock", "https://schema.org/OutOfStock")]
    public async Task States_price_and_availability_for_search_engines(string slug, string availability)
    {
        var product = Graph(await OpenAsync($"/product/{slug}"))[0];

        product.GetProperty("@type").GetString().ShouldBe("Product");
        product.GetProperty("url").GetString().ShouldBe($"{_shop.Address}product/{slug}");
        product.GetProperty("image").GetString().ShouldStartWith($"{_shop.Address}products/{slug}.");
        var offer = product.GetProperty("offers");
        offer.GetProperty("availability").GetString().ShouldBe(availability);
        offer.GetProperty("priceCurrency").GetString().ShouldBe("EUR");
        offer.GetProperty("price").GetString()!.ShouldMatch(@"^\d+\.\d\d$");
        using var picture = await _shop.Client.GetAsync(new Uri(product.GetProperty("image").GetString()!), Cancellation);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Says_where_it_stands_in_the_shop_in_the_pages_language()
    {
        var crumbs = Graph(await OpenAsync("/product/bramble-jam?lang=de"))[1];

        crumbs.GetProperty("@type").GetString().ShouldBe("BreadcrumbList");
        var steps = crumbs.GetProperty("itemListElement").EnumerateArray().ToList();
        steps.Select(s => s.GetProperty("position").GetInt32()).ShouldBe([1, 2, 3]);
        steps[0].GetProperty("name").GetString().ShouldBe("Katalog");
        steps[2].GetProperty("name").GetString().ShouldBe("Brombeer-Marmelade");
        steps.ShouldAllBe(s => s.GetProperty("item").GetString()!.StartsWith(_shop.Address.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cannot_be_broken_out_of_by_a_name()
    {
        const string evil = "</script><script>alert(1)</script><!--<script> & \u2028 \"";
        await using (var db = _shop.OpenDatabase())
        {
            await db.Products.Where(p => p.Slug == "bramble-jam").ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, evil), Cancellation);
        }

        _shop.Services.GetService(typeof(AssortmentReader)).ShouldBeOfType<AssortmentReader>().Outdate();
        var page = await OpenAsync("/product/bramble-jam");

        Graph(page)[0].GetProperty("name").GetString().ShouldBe(evil);
        page.QuerySelector("h1")!.TextContent.ShouldBe(evil);
        page.QuerySelectorAll("script").Select(s => s.TextContent).ShouldAllBe(text => !text.StartsWith("alert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_neighbours_of_its_shelf_near_in_price_those_that_can_be_had_first_and_never_itself()
    {
        await using var db = _shop.OpenDatabase();
        var all = await db.Products.AsNoTracking().ToListAsync(Cancellation);
        foreach (var product in all.Where(p => p.Id % 5 == 1))
        {
            var shelf = all.Where(p => p.CategoryId == product.CategoryId && p.Id != product.Id).ToList();
            var shown = (await OpenAsync($"/product/{product.Slug}")).QuerySelectorAll(".band .card-link").Select(a => all.Single(p => a.GetAttribute("href") == $"/product/{p.Slug}")).ToList();

            shown.ShouldBeSubsetOf(shelf);
            shown.Count.ShouldBe(Math.Min(4, shelf.Count));
            shown.Select(Distance).ShouldBeInOrder();
            var last = Distance(shown[^1]);
            shelf.Except(shown).Select(Distance).Where(d => d.CompareTo(last) < 0).ShouldBeEmpty();

            (bool, long) Distance(Product p) => (p.Stock == 0, Math.Abs(p.PriceMinor - product.PriceMinor));
        }
    }

    [Theory]
    [InlineData("/", "website", "")]
    [InlineData("/catalogue?category=teas", "website", "catalogue?category=teas")]
    [InlineData("/product/bramble-jam?utm_source=letter", "product", "product/bramble-jam")]
    [InlineData("/product/bramble-jam?lang=de", "product", "product/bramble-jam?lang=de")]
    public async Task Like_the_other_pages_tells_what_a_shared_link_shows(string path, string kind, string canonical)
    {
        var page = await OpenAsync(path);

        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe($"{_shop.Address}{canonical}");
        Meta(page, "og:url").ShouldBe($"{_shop.Address}{canonical}");
        Meta(page, "og:type").ShouldBe(kind);
        Meta(page, "og:title").ShouldNotBeNullOrWhiteSpace();
        Meta(page, "og:description").ShouldBe(page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Meta(page, "og:image").ShouldStartWith(_shop.Address.ToString());
    }

    [Theory]
    [InlineData("/cart")]
    [InlineData("/track")]
    [InlineData("/catalogue?q=tea")]
    [InlineData("/catalogue?price_from=3")]
    public async Task Is_for_search_engines_and_these_are_not(string path) =>
        (await OpenAsync(path)).QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");

    private async Task<IHtmlDocument> OpenAsync(string path) => (await _shop.Client.OpenAsync(path)).Page;

    private static string Meta(IHtmlDocument page, string property) => page.QuerySelector($"meta[property='{property}']")!.GetAttribute("content")!;

    private static JsonElement Graph(IHtmlDocument page)
    {
        var script = page.QuerySelectorAll("script[type='application/ld+json']").ShouldHaveSingleItem();
        return JsonDocument.Parse(script.TextContent).RootElement.GetProperty("@graph");
    }
}
