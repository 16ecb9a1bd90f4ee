using Microsoft.Playwright;
using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>From the shelf to the door.</summary>
public sealed class A_customer(Chromium chromium, SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chooses_orders_and_watches_the_parcel_go_without_reloading()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        var page = visitor.Page;

        await visitor.GoAsync("/");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Goods" }).GetByRole(AriaRole.Link, new() { Name = "Pantry" }).ClickAsync();
        await visitor.Button("Add Dried Ceps").ScrollIntoViewIfNeededAsync();
        var place = await page.EvaluateAsync<int>("() => scrollY");
        await visitor.AddAsync("Dried Ceps");
        (await page.EvaluateAsync<int>("() => scrollY")).ShouldBe(place, "adding keeps the place");
        await visitor.Link("Bramble Jam").ClickAsync();
        await page.GetByLabel("Quantity").FillAsync("2");
        await visitor.Button("Add to basket").ClickAsync();
        await visitor.Link("Go to the basket").ClickAsync();
        await Expect(page.GetByText("€26.80")).ToHaveCountAsync(2);
        await visitor.Link("Go to checkout").ClickAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();

        var tracker = visitor.Tracker;
        await Expect(tracker.Headline).ToHaveTextAsync("Your order is placed");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Basket" })).ToHaveAccessibleNameAsync("Basket , empty");
        await tracker.FollowsAsync();
        await tracker.MarkAsync();
        foreach (var (department, headline) in new[]
        {
            (Department.Warehouse, "Your goods are picked"), (Department.Packing, "Your parcel is packed"), (Department.Shipping, "Your parcel is on its way"),
        })
        {
            await shop.FinishAsync(tracker.Number, department);
            await Expect(tracker.Headline).ToHaveTextAsync(headline);
            await Expect(page.Locator("[aria-live=polite]")).ToContainTextAsync(headline);
        }

        await Expect(tracker.CurrentStep).ToContainTextAsync("Shipped");
        await Expect(tracker.Room("Hop Post")).ToContainTextAsync("Done");
        (await tracker.IsMarkedAsync()).ShouldBeTrue("the page came this far without a reload");
    }

    [Fact]
    public async Task Sees_the_real_back_room_finish_the_order()
    {
        var uri = await broker.NewHostAsync(Cancellation);
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = uri.ToString() });
        await using var visitor = await chromium.VisitAsync(shop.Address);

        await visitor.CarryToCheckoutAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();

        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your parcel is on its way");
    }

    [Fact]
    public async Task Orders_without_JavaScript()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address, new BrowserNewContextOptions { JavaScriptEnabled = false });
        var page = visitor.Page;

        await visitor.GoAsync("/catalogue?q=honey");
        await visitor.AddAsync("Heather Honey");
        page.Url.ShouldEndWith("/catalogue?q=honey#p-13", Case.Sensitive, "adding returns to the same place");
        await visitor.GoAsync("/cart");
        await visitor.Button("One Heather Honey more").ClickAsync();
        await Expect(page.GetByText("€23.00")).ToHaveCountAsync(3);
        await page.GetByLabel("Quantity of Heather Honey").FillAsync("3");
        await visitor.Button("Update").ClickAsync();
        await Expect(page.GetByText("€34.50")).ToHaveCountAsync(3);
        await visitor.Link("Go to checkout").ClickAsync();
        await visitor.Checkout.FillAsync();
        await visitor.Checkout.OrderAsync();

        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
        await shop.FinishAsync(visitor.Tracker.Number, Department.Warehouse);
        // Nobody does anything: the page asks again by itself.
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
    }

    [Fact]
    public async Task Sees_in_one_tab_what_another_puts_into_the_basket_and_buys_at_once()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.GoAsync("/cart");
        await Expect(visitor.Heading("Nothing in it yet")).ToBeVisibleAsync();
        var other = await visitor.OpenTabAsync();
        await other.GoAsync("/product/bramble-jam");
        await other.Button("Add to basket").ClickAsync();

        await Expect(visitor.Page.GetByLabel("Quantity of Bramble Jam")).ToHaveValueAsync("1");
        await visitor.Button("Remove Bramble Jam").ClickAsync();
        await Expect(other.Page.Locator(".basket-link")).ToHaveAccessibleNameAsync("Basket , empty");

        await other.Button("Buy now").ClickAsync();
        await other.Page.ArrivesAtAsync("^/checkout$");
        await other.Checkout.FillAsync();
        await other.Checkout.OrderAsync();
        await Expect(visitor.Heading("Nothing in it yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Comes_all_the_way_by_keyboard()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Address);
        var keys = new Keyboard(visitor.Page);

        await visitor.GoAsync("/product/bramble-jam");
        await keys.PressOnAsync("Skip to the content", "Enter");
        await keys.PressOnAsync("Add to basket", "Enter");
        await keys.PressOnAsync("Go to the basket", "Enter");
        await keys.PressOnAsync("Go to checkout", "Enter");
        foreach (var text in new[] { "Helgi Möller", "helgi@example.com", "Hedge Lane 7", "101", "Reykjavík", "Iceland" })
        {
            await keys.TypeInNextFieldAsync(text);
        }

        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.ArrivesAtAsync("^/track/");
        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
    }
}
