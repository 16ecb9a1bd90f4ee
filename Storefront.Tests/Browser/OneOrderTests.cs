using Microsoft.EntityFrameworkCore;
using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>However often a basket is sent, it makes one order.</summary>
public sealed class One_basket(Chromium chromium)
{
    [Fact]
    public async Task Sent_by_a_double_click_makes_one_order()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync();

        await visitor.Checkout.Send.DblClickAsync();
        await visitor.Page.ArrivesAtAsync("^/track/");

        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
        (await OrdersAsync(shop)).ShouldBe([visitor.Tracker.Number]);
    }

    [Fact]
    public async Task Sent_again_after_going_back_leads_to_the_same_order()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        var body = await visitor.Page.ContentAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();
        var number = visitor.Tracker.Number;

        // The page as it was before, in case the browser does not ask for it again.
        await visitor.Page.RouteAsync("**/checkout", route => route.Request.Method == "GET" ? route.FulfillAsync(new() { Body = body, ContentType = "text/html" }) : route.ContinueAsync());
        await visitor.GoAsync("/checkout");
        await visitor.Checkout.FillAsync("Helgi Möller, corrected");
        await visitor.Checkout.OrderAsync();

        visitor.Tracker.Number.ShouldBe(number);
        await Expect(visitor.Page.GetByText("You had placed this order already")).ToBeVisibleAsync();
        (await OrdersAsync(shop)).ShouldBe([number]);
    }

    [Fact]
    public async Task Going_back_to_the_checkout_afterwards_finds_an_empty_basket()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();

        await visitor.GoAsync("/checkout");

        await Expect(visitor.Heading("Nothing in it yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task In_two_tabs_makes_one_order()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        var second = await visitor.OpenTabAsync();
        await second.GoAsync("/checkout");
        await visitor.Checkout.FillAsync();
        await second.Checkout.FillAsync();

        await visitor.Checkout.OrderAsync();
        await second.Checkout.OrderAsync();

        second.Tracker.Number.ShouldBe(visitor.Tracker.Number);
        (await OrdersAsync(shop)).ShouldBe([visitor.Tracker.Number]);
    }

    [Fact]
    public async Task With_other_goods_in_an_old_tab_asks_before_it_makes_another()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var old = await chromium.VisitAsync(shop.Address);
        await old.CarryToCheckoutAsync();
        await old.Checkout.FillAsync();
        var other = await old.OpenTabAsync();
        await other.CarryToCheckoutAsync("Storm Lantern");
        await other.Checkout.FillAsync();
        await other.Checkout.OrderAsync();
        var earlier = other.Tracker.Number;

        await old.Checkout.Send.ClickAsync();
        await Expect(old.Checkout.Notice).ToContainTextAsync($"that is order {earlier}");
        await Expect(old.Checkout.Field("Your name")).ToHaveValueAsync("Helgi Möller");
        (await OrdersAsync(shop)).ShouldBe([earlier]);
        await old.Checkout.OrderAsync();

        old.Tracker.Number.ShouldNotBe(earlier);
        (await OrdersAsync(shop)).Count.ShouldBe(2);
    }

    private static async Task<IReadOnlyList<OrderNumber>> OrdersAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.Orders.Select(o => o.Number).ToListAsync(TestContext.Current.CancellationToken);
    }
}
