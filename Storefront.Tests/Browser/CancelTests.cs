using System.Text.RegularExpressions;
using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>From the order back to the shelf.</summary>
public sealed class A_customer_who_thinks_again(Chromium chromium, SharedBroker broker)
{
    private const string TooLate = "The Wrapping Table has begun, so this order cannot be stopped any more.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancels_and_watches_the_rooms_take_back_without_reloading()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await OrderAsync(shop);
        var tracker = visitor.Tracker;
        var number = tracker.Number;
        await tracker.FollowsAsync();
        await shop.FinishAsync(number, Department.Sales);
        await shop.FinishAsync(number, Department.Warehouse);
        await Expect(tracker.Headline).ToHaveTextAsync("Your goods are picked");

        await tracker.CancelAsync();

        await Expect(tracker.Headline).ToHaveTextAsync("This order is cancelled");
        await Expect(tracker.Cancel).ToHaveCountAsync(0);
        await Expect(tracker.CurrentStep).ToHaveCountAsync(0);
        await tracker.FollowsAsync();
        await tracker.MarkAsync();
        await Expect(tracker.Room("Root Cellar")).ToContainTextAsync("Waiting");
        await shop.TakeBackAsync(number, Department.Warehouse);
        await Expect(tracker.Room("Root Cellar")).ToContainTextAsync("Taken back");
        await shop.TakeBackAsync(number, Department.Sales);
        await Expect(tracker.Room("Ledger Room")).ToContainTextAsync("Taken back");
        await Expect(visitor.Page.Locator("[aria-live=polite]")).ToHaveTextAsync("Nothing will be sent, and every room has taken back what it had begun.");
        (await tracker.IsMarkedAsync()).ShouldBeTrue("the page came this far without a reload");
    }

    [Fact]
    public async Task Sees_the_real_back_room_take_everything_back()
    {
        var uri = await broker.NewHostAsync(Cancellation);
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Broker:Uri"] = uri.ToString(), ["Departments:Packing:Enabled"] = "false",
        });
        var stock = await shop.StockAsync(1);
        await using var visitor = await OrderAsync(shop);
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
        // The goods may be picked before the page is made; then its circuit is still to come, and would close the question again.
        await visitor.Tracker.FollowsAsync();

        await visitor.Tracker.CancelAsync();

        await Expect(visitor.Page.Locator(".order-outlook")).ToHaveTextAsync("Nothing will be sent, and every room has taken back what it had begun.");
        var order = await shop.FindAsync(visitor.Tracker.Number);
        (order.Status, order.IsComplete).ShouldBe((OrderStatus.Cancelled, true));
        (await shop.StockAsync(1)).ShouldBe(stock);
    }

    [Fact]
    public async Task Loses_the_way_to_cancel_when_packing_begins_even_with_the_question_open()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await OrderAsync(shop);
        var tracker = visitor.Tracker;
        await tracker.FollowsAsync();
        await tracker.MarkAsync();
        await tracker.Cancel.ClickAsync();
        await Expect(tracker.YesCancel).ToBeVisibleAsync();

        await shop.FinishAsync(tracker.Number, Department.Warehouse);
        await Expect(tracker.Headline).ToHaveTextAsync("Your goods are picked");
        await Expect(tracker.YesCancel).ToBeVisibleAsync();
        await BeginPackingAsync(shop, tracker.Number);

        await Expect(tracker.YesCancel).ToBeHiddenAsync();
        await Expect(tracker.Cancel).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator(".cancel-over")).ToHaveTextAsync(TooLate);
        await Expect(visitor.Page.Locator("[aria-live=polite]")).ToHaveTextAsync(TooLate);
        (await tracker.IsMarkedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Is_told_kindly_when_packing_was_faster_than_the_page()
    {
        await using var shop = await TestShop.OpenAsync();
        // The circuit never comes up, so the page does not hear of it.
        await using var visitor = await OrderAsync(shop, v => v.Page.RouteAsync("**/_blazor/**", route => route.AbortAsync()));
        await shop.FinishAsync(visitor.Tracker.Number, Department.Warehouse);
        await BeginPackingAsync(shop, visitor.Tracker.Number);

        await visitor.Tracker.CancelAsync();

        await Expect(visitor.Page.Locator(".notice")).ToContainTextAsync(TooLate);
        await Expect(visitor.Page).ToHaveTitleAsync(new Regex("^Not cancelled", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
        await Expect(visitor.Tracker.Cancel).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cancels_without_JavaScript()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address, new() { JavaScriptEnabled = false });
        await OrderAsync(visitor);
        var number = visitor.Tracker.Number;
        await shop.FinishAsync(number, Department.Sales);

        await visitor.Link("Cancel this order").ClickAsync();
        await visitor.Page.ArrivesAtAsync($"^/track/{number}[?]cancel=ask#cancel$");
        await visitor.Tracker.YesCancel.ClickAsync();

        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("This order is cancelled");
        await shop.TakeBackAsync(number, Department.Sales);
        // Nobody does anything: the page asks again by itself.
        await Expect(visitor.Tracker.Room("Ledger Room")).ToContainTextAsync("Taken back");
    }

    [Fact]
    public async Task Cancels_by_keyboard()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await OrderAsync(shop);
        await visitor.Tracker.FollowsAsync();
        var keys = new Keyboard(visitor.Page);
        await keys.PressOnAsync("Cancel this order", "Enter");
        await keys.PressOnAsync("Yes, cancel it", "Enter");
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("This order is cancelled");
    }

    private static Task BeginPackingAsync(TestShop shop, OrderNumber number) =>
        shop.ChangeAsync(number, (order, now) => order.Claim(Department.Packing, now, alone: true).ShouldBe(Claim.Granted));

    private static async Task OrderAsync(Visitor visitor)
    {
        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();
    }

    private async Task<Visitor> OrderAsync(TestShop shop, Func<Visitor, Task>? before = null)
    {
        var visitor = await chromium.VisitAsync(shop.Address);
        await (before?.Invoke(visitor) ?? Task.CompletedTask);
        await OrderAsync(visitor);
        return visitor;
    }
}
