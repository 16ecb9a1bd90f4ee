using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>What the checkout does when it cannot place an order as it was sent.</summary>
public sealed class The_checkout(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_every_fault_beside_its_field_moves_the_focus_and_keeps_what_was_typed()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        var checkout = visitor.Checkout;
        await checkout.FillAsync();
        await checkout.Field("Town").FillAsync("");
        await checkout.Field("E-mail").FillAsync("helgi at home");

        await checkout.Send.ClickAsync();

        await Expect(checkout.Notice).ToContainTextAsync("2 fields need another look");
        await Expect(checkout.Notice).ToBeFocusedAsync();
        await Expect(checkout.Field("Town")).ToHaveAccessibleDescriptionAsync("Enter the town.");
        await Expect(checkout.Field("Your name")).ToHaveValueAsync("Helgi Möller");
        await Expect(checkout.Field("E-mail")).ToHaveValueAsync("helgi at home");
        await checkout.Notice.GetByRole(AriaRole.Link, new() { Name = "Enter the town." }).ClickAsync();
        await Expect(checkout.Field("Town")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("Reykjavík");
        await checkout.Field("E-mail").FillAsync("");
        await checkout.OrderAsync();
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
    }

    [Fact]
    public async Task Takes_out_what_was_sold_meanwhile_and_orders_the_rest()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.GoAsync("/catalogue");
        await visitor.AddAsync("Copper Dibber");
        await visitor.CarryToCheckoutAsync();
        var checkout = visitor.Checkout;
        await checkout.FillAsync();
        await shop.PlaceAsync(Cancellation, 16, 16, 16);

        await checkout.Send.ClickAsync();

        await Expect(checkout.Notice).ToContainTextAsync("The last Copper Dibber just left the shelf. We took it out of your basket.");
        await Expect(checkout.Field("Street and number")).ToHaveValueAsync("Hedge Lane 7");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Basket" })).ToContainTextAsync("1");
        await checkout.TakeTheRest.ClickAsync();
        await visitor.Page.ArrivesAtAsync("^/track/");
        await Expect(visitor.Page.GetByRole(AriaRole.Table)).Not.ToContainTextAsync("Copper Dibber");
    }

    [Fact]
    public async Task Says_so_when_nothing_is_left_to_order()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync("Copper Dibber");
        await visitor.Checkout.FillAsync();
        await shop.PlaceAsync(Cancellation, 16, 16, 16);

        await visitor.Checkout.Send.ClickAsync();

        await Expect(visitor.Checkout.Notice).ToContainTextAsync("That leaves nothing to order.");
        await Expect(visitor.Checkout.Send).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keeps_what_was_typed_when_the_page_has_grown_old()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Context.ClearCookiesAsync();

        await visitor.Checkout.Send.ClickAsync();

        await Expect(visitor.Checkout.Notice).ToContainTextAsync("nothing is ordered yet");
        await Expect(visitor.Checkout.Field("Your name")).ToHaveValueAsync("Helgi Möller");
        await visitor.Checkout.OrderAsync();
        await using var db = shop.OpenDatabase();
        (await db.Orders.SingleAsync(Cancellation)).Customer.Name.ShouldBe("Helgi Möller");
    }

    [Fact]
    public async Task Writes_down_what_was_typed_and_where_it_came_in()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync("  Helgi Möller ");
        await visitor.Checkout.Field("Anything we should know").FillAsync("Mind the hedge.\nRing twice.");
        await visitor.Checkout.OrderAsync();

        await using var db = shop.OpenDatabase();
        var order = await db.Orders.SingleAsync(Cancellation);
        order.Customer.ShouldBe(new Customer("Helgi Möller", Note: "Mind the hedge.\nRing twice.") { Address = new("Hedge Lane 7", "Reykjavík", "101", "Iceland") });
        order.Source.ShouldBe(OrderSource.Shop);
    }
}
