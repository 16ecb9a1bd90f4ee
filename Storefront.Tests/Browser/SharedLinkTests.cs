using Microsoft.Playwright;
using Storefront.Orders;
using Storefront.Tests.Store;
using UglyToad.PdfPig;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>An order that is watched on more than one screen, and on paper.</summary>
public sealed class An_order_that_is_passed_on(Chromium chromium)
{
    [Fact]
    public async Task Goes_from_the_mail_to_the_desk_and_from_there_to_a_friends_phone_which_sees_nothing_personal()
    {
        await using var shop = await TestShop.OpenAsync();
        var order = await HelgisOrder.PlaceAsync(shop);
        await using var desk = await chromium.VisitAsync(shop.Address, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await desk.GoAsync(order.Mailed);
        new Uri(desk.Page.Url).PathAndQuery.ShouldBe($"/track/{order.Number}");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("Hedge Lane 7");
        await desk.Button("Copy the link").ClickAsync();
        await Expect(desk.Button("Link copied")).ToBeVisibleAsync();
        var copied = await desk.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        await using var phone = await chromium.VisitAsync(shop.Address, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await phone.GoAsync(copied);

        await phone.Tracker.FollowsAsync();
        await shop.FinishAsync(order.Number, Department.Warehouse);
        await Expect(phone.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
        await Expect(desk.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
        await Expect(phone.Heading("Is this order yours?")).ToBeVisibleAsync();
        var seen = await phone.Page.Locator("body").InnerTextAsync();
        foreach (var word in HelgisOrder.Personal)
        {
            seen.ShouldNotContain(word);
        }
    }

    [Fact]
    public async Task Is_printed_as_number_goods_total_address_and_code_on_one_sheet()
    {
        await using var shop = await TestShop.OpenAsync();
        var order = await HelgisOrder.PlaceAsync(shop);
        await using var visitor = await chromium.VisitAsync(shop.Address, new() { ColorScheme = ColorScheme.Dark });
        await visitor.GoAsync(order.Mailed);
        await visitor.Tracker.FollowsAsync();

        using var sheet = PdfDocument.Open(await visitor.Page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true }));

        sheet.NumberOfPages.ShouldBe(1);
        var text = sheet.GetPage(1).Text;
        foreach (var word in new[] { order.Number.ToString(), "Bramble", "Lantern", "€44.50", "Möller", "Hedge", "helgi@example.com" })
        {
            text.ShouldContain(word);
        }

        foreach (var word in new[] { "Catalogue", "Basket", "Ledger", "Copy", "Cancel", "again", "Deutsch" })
        {
            text.ShouldNotContain(word);
        }

        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(visitor.Page.Locator("svg.qr")).ToBeVisibleAsync();
        (await visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)", "also where the screen is dark");
    }

    [Fact]
    public async Task Takes_longer_when_a_room_fails_and_goes_on_when_it_recovers_while_the_page_is_open()
    {
        await using var shop = await TestShop.OpenAsync();
        var order = await HelgisOrder.PlaceAsync(shop);
        await using var visitor = await chromium.VisitAsync(shop.Address);
        await visitor.GoAsync($"/track/{order.Number}");
        var tracker = visitor.Tracker;
        await tracker.FollowsAsync();
        await tracker.MarkAsync();

        await shop.ChangeAsync(order.Number, (o, now) =>
        {
            o.Claim(Department.Warehouse, now, alone: true);
            o.Retry(Department.Warehouse, 1, "The printer is on fire", now);
        });

        await Expect(tracker.Room("Root Cellar")).ToContainTextAsync("It tries again by itself; there is nothing you need to do.");
        await Expect(visitor.Page.Locator(".order-longer")).ToHaveTextAsync("Taking longer");
        await Expect(visitor.Page.Locator("[aria-live=polite]")).ToContainTextAsync("One room takes longer than usual.");
        (await visitor.Page.Locator("body").InnerTextAsync()).ShouldNotContain("on fire");
        await shop.FinishAsync(order.Number, Department.Warehouse);
        await Expect(tracker.Headline).ToHaveTextAsync("Your goods are picked");
        await Expect(visitor.Page.Locator(".order-longer")).ToHaveCountAsync(0);
        (await tracker.IsMarkedAsync()).ShouldBeTrue("the page came this far without a reload");
    }
}
