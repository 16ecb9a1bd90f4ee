using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>Goods that the staff has archived, as customers and programs meet them.</summary>
public sealed class Goods_that_are_not_sold_any_more : IAsyncLifetime
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const int Jam = 1;

    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Are_on_no_shelf_in_no_search_in_no_list_and_on_no_map()
    {
        await ArchiveAsync();
        foreach (var path in new[] { "/", "/catalogue", "/catalogue?q=bramble", "/catalogue?category=pantry", "/product/rosehip-jelly", "/sitemap.xml" })
        {
            (await TextAsync(path)).ShouldNotContain("/product/bramble-jam", Case.Sensitive, path);
        }

        (await TextAsync("/products")).ShouldNotContain("bramble-jam");
    }

    [Theory]
    [InlineData("en", "We no longer sell this.")]
    [InlineData("de", "Das führen wir nicht mehr.")]
    [InlineData("is", "Þetta seljum við ekki lengur.")]
    public async Task Have_a_page_that_says_so_shows_their_neighbours_and_is_to_be_forgotten(string language, string says)
    {
        await ArchiveAsync();
        var (status, page) = await _shop.Client.OpenAsync($"/product/bramble-jam?lang={language}");

        status.ShouldBe(HttpStatusCode.Gone);
        page.QuerySelector(".note")!.TextContent.ShouldStartWith(says);
        page.QuerySelector(".product-form").ShouldBeNull();
        page.QuerySelectorAll(".band .card-link").Length.ShouldBe(4);
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Fact]
    public async Task Are_refused_by_the_order_call_which_names_them()
    {
        await ArchiveAsync();
        using var answer = await _shop.Client.PostOrderAsync("""{"customer_name": "Helgi Möller", "products_ids": [1, 2, 99]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.JsonAsync()).ErrorsOf("products_ids").ShouldBe(["Bramble Jam (product 1) is no longer sold.", "there is no product 99."]);
        (await _shop.OrdersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Are_a_line_of_the_basket_that_counts_for_nothing()
    {
        await ArchiveAsync();
        var (_, page) = await _shop.Client.OpenAsync("/cart", $"{Id}.1x2.2x1");

        page.QuerySelector("#p-1 .line-short")!.TextContent.ShouldBe("We no longer sell this. The total leaves it out.");
        page.QuerySelector("#p-2 .line-short").ShouldBeNull();
        page.QuerySelector("a.button[href='/checkout']").ShouldNotBeNull("the rest can be ordered");
    }

    [Fact]
    public async Task Are_left_out_by_the_checkout_that_was_open_and_the_rest_can_be_ordered()
    {
        using var client = _shop.NewClient();
        foreach (var product in new[] { "1", "2" })
        {
            (await client.PostAsync((await client.OpenAsync("/catalogue")).Page, "/cart/add", ("product", product))).Dispose();
        }

        var checkout = (await client.OpenAsync("/checkout")).Page;
        await ArchiveAsync();

        using var refused = await client.CheckOutAsync(checkout);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.PageAsync();
        page.Body!.TextContent.ShouldContain("Bramble Jam is no longer sold.");
        (await _shop.OrdersAsync()).ShouldBe(0);
        using var taken = await client.SendAsItStandsAsync(page);
        (await _shop.FindAsync(taken.Ordered())).Lines.Select(l => l.ProductId).ShouldBe([2]);
    }

    [Fact]
    public async Task Stay_in_the_orders_that_have_them_and_cannot_be_ordered_again()
    {
        var order = await _shop.PlaceAsync(Cancellation, Jam, 2);
        await ArchiveAsync();

        (await _shop.FindAsync(order)).Lines.Select(l => l.Name).ShouldContain("Bramble Jam");
        var (_, page) = await _shop.Client.OpenAsync($"/track/{order}");
        page.Body!.TextContent.ShouldContain("Bramble Jam");
        var goods = await _shop.Services.GetRequiredService<AssortmentReader>().NowAsync(Cancellation);
        Web.Store.Tracking.Reordering.Missing(Web.Store.Cart.Basket.Empty(), (await _shop.FindAsync(order)).Lines, goods)[0].Why.ShouldBe(Web.Store.Tracking.Lack.Gone);
    }

    [Fact]
    public async Task Come_back_when_they_are_sold_again()
    {
        await ArchiveAsync();
        await _shop.Services.GetRequiredService<GoodsDesk>().ArchiveAsync(Jam, 1, isArchived: false, "Holly", Cancellation);
        (await _shop.Client.OpenAsync("/product/bramble-jam")).Status.ShouldBe(HttpStatusCode.OK);
        (await TextAsync("/sitemap.xml")).ShouldContain("/product/bramble-jam");
    }

    private async Task ArchiveAsync() =>
        (await _shop.Services.GetRequiredService<GoodsDesk>().ArchiveAsync(Jam, 0, isArchived: true, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>();

    private Task<string> TextAsync(string path) => _shop.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation);
}
