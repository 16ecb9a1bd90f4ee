using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Orders;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>The same goods once more, as shelf and basket allow.</summary>
public sealed class Ordering_again(TestShopFixture fixture) : IClassFixture<TestShopFixture>, IDisposable
{
    private readonly TestShop _shop = fixture.Shop;

    private HttpClient Client { get; } = fixture.Shop.NewClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Client.Dispose();

    [Fact]
    public async Task Puts_all_of_it_into_the_basket_and_a_second_click_adds_nothing_twice()
    {
        var number = await _shop.PlaceAsync(Cancellation, 1, 1, 5);

        using var answer = await ReorderAsync(number);
        using var again = await ReorderAsync(number);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/cart");
        Basket.TryParse(answer.Headers.Cookie(BasketCookie.Name)!.Split(';')[0].Split('=')[1], out var basket).ShouldBeTrue();
        (basket.Pieces, basket.QuantityOf(1), basket.QuantityOf(5)).ShouldBe((3, 2, 1));
        again.Headers.Location!.OriginalString.ShouldBe("/cart");
        again.Headers.Cookie(BasketCookie.Name).ShouldBeNull();
    }

    [Fact]
    public async Task Says_what_is_sold_out_and_what_is_gone_and_keeps_the_rest()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation, 1, 16, 5, 5, 5);
        await using (var db = shop.OpenDatabase())
        {
            await db.Products.Where(p => p.Id == 16).ExecuteUpdateAsync(p => p.SetProperty(x => x.Stock, 0), Cancellation);
            await db.Products.Where(p => p.Id == 5).ExecuteUpdateAsync(p => p.SetProperty(x => x.Stock, 2), Cancellation);
        }

        shop.Services.GetRequiredService<AssortmentReader>().Outdate();
        using var client = shop.NewClient();
        await Watching.UntilAsync("the pages know of it", async () => (await client.OpenAsync("/product/copper-dibber")).Page.QuerySelector(".product")!.TextContent.Contains("Sold out", StringComparison.Ordinal), Cancellation);

        using var answer = await client.PostAsync((await client.OpenAsync("/catalogue")).Page, $"/track/{number}/reorder");

        answer.Headers.Location!.OriginalString.ShouldBe($"/track/{number}?reordered=1");
        var notice = (await client.OpenAsync(answer.Headers.Location.OriginalString)).Page.QuerySelector(".notice")!;
        notice.QuerySelector("h2")!.TextContent.ShouldBe("Not everything of this order is in your basket");
        notice.QuerySelectorAll("li").Select(l => l.TextContent).Order().ShouldBe(["Copper Dibber is sold out.", "Of Storm Lantern the shelf has only 2, all in your basket now."]);
        notice.QuerySelector("a")!.GetAttribute("href").ShouldBe("/cart");
    }

    [Fact]
    public async Task Is_not_said_to_have_worked_by_an_address_that_somebody_made_up()
    {
        var number = await _shop.PlaceAsync(Cancellation, 1);

        var (_, page) = await Client.OpenAsync($"/track/{number}?reordered=1");

        page.QuerySelector(".notice h2")!.TextContent.ShouldBe("Nothing of this order is in your basket");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0000-0000-0000")]
    public async Task Of_no_order_is_a_404(string number)
    {
        using var answer = await Client.PostAsync((await Client.OpenAsync("/catalogue")).Page, $"/track/{number}/reorder");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Because_another_site_says_so_changes_nothing()
    {
        var number = await _shop.PlaceAsync(Cancellation, 1);
        using var answer = await Client.SendAsync($"/track/{number}/reorder");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Cookie(BasketCookie.Name).ShouldBeNull();
    }

    private async Task<HttpResponseMessage> ReorderAsync(OrderNumber number) =>
        await Client.PostAsync((await Client.OpenAsync($"/track/{number}")).Page, $"/track/{number}/reorder");
}
