using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Storefront.Departments.Sales;
using Storefront.Orders;
using Storefront.Tests.Browser;
using Storefront.Tests.Messaging;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.BackOffice;

/// <summary>The staff at the screen, with the departments' work done by hand.</summary>
public sealed class The_staff_at_work(Chromium chromium, SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sees_an_order_come_in_and_follows_it_without_loading_anything_again()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync("/backoffice");
        await Expect(staff.Heading("No orders yet")).ToBeVisibleAsync();

        var first = await shop.PlaceAsync(Cancellation, 2, 4);
        await Expect(staff.Link("Orders: 1")).ToBeVisibleAsync();
        await Expect(staff.Link(first.ToString())).ToBeVisibleAsync();
        await Expect(Room(staff, "Root Cellar").GetByRole(AriaRole.Link, new() { Name = "Waiting 1" })).ToBeVisibleAsync();

        await staff.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Orders" }).ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(1);
        var second = await shop.PlaceAsync(Cancellation, 42);
        await Expect(staff.Button("1 new")).ToBeVisibleAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(1);

        await shop.FinishAsync(first, Department.Warehouse);
        await Expect(Rows(staff).First).ToContainTextAsync("Picked");
        await staff.Button("1 new").ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(2);
        await Expect(Rows(staff).First).ToContainTextAsync(second.ToString());

        await staff.Link(first.ToString()).ClickAsync();
        await Expect(staff.Heading(first.ToString())).ToBeVisibleAsync();
        await Expect(staff.Page.Locator(".page-head")).ToContainTextAsync("Picked");
        await shop.FinishAsync(first, Department.Packing);
        await Expect(staff.Page.Locator(".page-head")).ToContainTextAsync("Packed");
        await Expect(staff.Page.GetByText("Packing wrapped the goods")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Finds_what_a_number_on_the_dashboard_counts_behind_it()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PlaceAsync(Cancellation);
        var stuck = await shop.StuckAsync(Cancellation);
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync("/backoffice");

        await staff.Link("Needs attention: 1").ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(1);
        await Expect(Rows(staff).First).ToContainTextAsync(stuck.ToString());
        await Expect(staff.Link("Needs attention")).ToHaveAttributeAsync("aria-current", "true");

        await staff.Link("All").First.ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(2);
        await staff.Page.GetByLabel("Order number, e-mail or name").FillAsync(stuck.ToString());
        await Expect(Rows(staff)).ToHaveCountAsync(1);
        await Expect(staff.Page).ToHaveURLAsync(new Regex("q=" + stuck, RegexOptions.None, TimeSpan.FromSeconds(1)));
        await staff.Page.GetByLabel("Work there").SelectOptionAsync("retrying");
        await Expect(staff.Heading("No such orders")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Cancels_an_order_until_packing_begins()
    {
        await using var shop = await TestShop.OpenAsync();
        var regretted = await shop.PlaceAsync(Cancellation);
        await shop.FinishAsync(regretted, Department.Sales);
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync($"/backoffice/orders/{regretted}");

        await staff.Button("Cancel order").ClickAsync();
        await Expect(staff.Heading("Cancel this order?")).ToBeFocusedAsync();
        await staff.Button("No, keep it").ClickAsync();
        await Expect(staff.Button("Cancel order")).ToBeFocusedAsync();
        await staff.Page.Keyboard.PressAsync("Enter");
        await staff.Button("Yes, cancel it").ClickAsync();

        await Expect(staff.Page.GetByText("Cancelled. The rooms undo what they had begun.")).ToBeFocusedAsync();
        await Expect(staff.Page.GetByText("Order cancelled by the shop, by Staff")).ToBeVisibleAsync();
        await Expect(staff.Button("Cancel order")).ToHaveCountAsync(0);
        await Expect(staff.Page.GetByRole(AriaRole.Row, new() { Name = "sales, undo" })).ToContainTextAsync("Waiting");
        await shop.TakeBackAsync(regretted, Department.Sales);
        await Expect(staff.Page.GetByRole(AriaRole.Row, new() { Name = "sales, undo" })).ToContainTextAsync("Undone");
        await staff.OpenOfficeAsync("/backoffice/orders?status=cancelled");
        await Expect(Rows(staff).Filter(new() { HasText = regretted.ToString() })).ToContainTextAsync("Cancelled");

        var packed = await shop.PlaceAsync(Cancellation);
        await staff.OpenOfficeAsync($"/backoffice/orders/{packed}");
        await shop.FinishAsync(packed, Department.Warehouse);
        await staff.Button("Cancel order").ClickAsync();
        await shop.ChangeAsync(packed, (order, now) => order.Claim(Department.Packing, now, alone: true));
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Packing has begun, so the order cannot be cancelled any more.");
        await Expect(staff.Button("Yes, cancel it")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Brings_an_order_that_needs_attention_to_its_end_in_three_clicks()
    {
        await using var shop = await TestShop.OpenAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString(), ["Messaging:RetryDelays"] = "1ms,1ms,1ms,1ms" },
            services => services.AddSingleton<ISalesSystem, MoodySales>());
        var number = await shop.PlaceAsync(Cancellation);
        await shop.DeadLettersAsync(1, Cancellation);
        shop.Recovers();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync("/backoffice");

        await staff.Link("Needs attention: 1").ClickAsync();
        await staff.Link(number.ToString()).ClickAsync();
        await staff.Button("Retry now: sales").ClickAsync();

        await Expect(staff.Page.GetByText("sales is tried again now.")).ToBeFocusedAsync();
        (await shop.DoneAsync(number, Cancellation)).Status.ShouldBe(OrderStatus.Shipped);
        await Expect(staff.Page.GetByText("Sales takes it up again, by Staff")).ToBeVisibleAsync();
        await Expect(staff.Page.GetByText("Everything is done")).ToBeVisibleAsync();
        shop.Books().ShouldAllBe(e => e.Effects == 1);
        (await shop.ReplayAsync()).ShouldBe(0, "its letter went with it");
    }

    [Fact]
    public async Task Loses_an_open_page_when_signing_out_in_another_tab()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync("/backoffice/statistics");
        var other = await staff.OpenTabAsync();
        // Opened like any page: before its circuit is up, a click may meet a button that is just being replaced.
        await other.OpenOfficeAsync("/backoffice/orders");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await other.Page.ArrivesAtAsync("^/signin");
        await staff.Page.ArrivesAtAsync("^/signin[?]returnUrl=%2Fbackoffice%2Fstatistics$");
    }

    [Fact]
    public async Task Gets_from_the_office_to_the_shop_and_back_by_plain_links()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await staff.OpenOfficeAsync("/backoffice/orders");
        await staff.Link("Back to the shop").ClickAsync();
        await staff.Page.ArrivesAtAsync("^/$");
        await staff.Page.GoBackAsync();
        await Expect(staff.Heading("No orders yet")).ToBeVisibleAsync();
    }

    private static ILocator Rows(Visitor staff) => staff.Page.Locator("tbody").GetByRole(AriaRole.Row);

    private static ILocator Room(Visitor staff, string name) => staff.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex(name, RegexOptions.None, TimeSpan.FromSeconds(1)) });
}
