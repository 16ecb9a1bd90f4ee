using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;
using Storefront.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.BackOffice;

/// <summary>The staff at the screen, with the departments' work done by hand.</summary>
public sealed class The_staff_at_work(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sees_an_order_come_in_and_follows_it_without_loading_anything_again()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await OpenAsync(staff, "/backoffice");
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
        var stuck = await StuckAsync(shop);
        await using var staff = await chromium.VisitAsync(shop.Address);
        await OpenAsync(staff, "/backoffice");

        await staff.Link("Needs attention: 1").ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(1);
        await Expect(Rows(staff).First).ToContainTextAsync(stuck.ToString());
        await Expect(staff.Link("Needs attention")).ToHaveAttributeAsync("aria-current", "true");

        await staff.Link("All").First.ClickAsync();
        await Expect(Rows(staff)).ToHaveCountAsync(2);
        await staff.Page.GetByLabel("Order number or name").FillAsync(stuck.ToString());
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
        await OpenAsync(staff, $"/backoffice/orders/{regretted}");

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
        await OpenAsync(staff, "/backoffice/orders?status=cancelled");
        await Expect(Rows(staff).Filter(new() { HasText = regretted.ToString() })).ToContainTextAsync("Cancelled");

        var packed = await shop.PlaceAsync(Cancellation);
        await OpenAsync(staff, $"/backoffice/orders/{packed}");
        await shop.FinishAsync(packed, Department.Warehouse);
        await staff.Button("Cancel order").ClickAsync();
        await shop.ChangeAsync(packed, (order, now) => order.Claim(Department.Packing, now, alone: true));
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Packing has begun, so the order cannot be cancelled any more.");
        await Expect(staff.Button("Yes, cancel it")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Loses_an_open_page_when_signing_out_in_another_tab()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await OpenAsync(staff, "/backoffice/statistics");
        var other = await staff.OpenTabAsync();
        // Opened like any page: before its circuit is up, a click may meet a button that is just being replaced.
        await OpenAsync(other, "/backoffice/orders");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await other.Page.WaitForURLAsync("**/signin*");
        await staff.Page.WaitForURLAsync("**/signin?returnUrl=%2Fbackoffice%2Fstatistics");
    }

    [Fact]
    public async Task Gets_from_the_office_to_the_shop_and_back_by_plain_links()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address);
        await OpenAsync(staff, "/backoffice/orders");
        await staff.Link("Back to the shop").ClickAsync();
        await staff.Page.WaitForURLAsync(shop.Address.ToString());
        await staff.Page.GoBackAsync();
        await Expect(staff.Heading("No orders yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Meets_pages_without_accessibility_faults_that_fit_the_screen(ColorScheme scheme, int width)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        var faults = new List<string>();

        await staff.GoAsync("/signin?returnUrl=/backoffice/statistics");
        await LookAsync(staff, "/signin", faults);
        await OpenAsync(staff, "/backoffice");
        foreach (var path in new[] { "/backoffice", "/backoffice/orders", "/backoffice/dead-letters", "/backoffice/statistics" })
        {
            await OpenAsync(staff, path);
            await LookAsync(staff, $"{path} while empty", faults);
        }

        var stuck = await StuckAsync(shop);
        var done = await shop.PlaceAsync(Cancellation, 1, 2);
        foreach (var department in OrderTerms.Departments)
        {
            await shop.FinishAsync(done, department);
        }

        await shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            db.DeadLetters.Add(new DeadLetter { At = DateTimeOffset.UtcNow, Queue = "orders", Body = "{\"customer\": "u8.ToArray(), Headers = """{"a": 1}""", Reason = "The body is not JSON.", Cause = "The body is not JSON.", Detail = "at Nowhere", Attempts = 0 });
            db.DeadLetters.Add(new DeadLetter { At = DateTimeOffset.UtcNow, Queue = "order.accepted", Exchange = "shop.events", Body = "{}"u8.ToArray(), Headers = "{}", Reason = "No queue took it.", Cause = "No queue took it.", Attempts = 0 });
            var order = db.Orders.Single(o => o.Number == done);
            db.CountedOrders.Add(new() { OrderId = order.Id, PlacedAt = order.PlacedAt, PriceMinor = order.PriceMinor, Pieces = 2, Source = "shop" });
            return await db.SaveChangesAsync(ct);
        }, Cancellation);

        var cancelled = await CancelAsync(shop, staff, stuck, faults);
        foreach (var path in new[]
        {
            "/backoffice", "/backoffice/orders", "/backoffice/orders?q=nobody", $"/backoffice/orders/{stuck}", $"/backoffice/orders/{done}", $"/backoffice/orders/{cancelled}", "/backoffice/orders/7Q4M-X0ZB-K2TD",
            "/backoffice/dead-letters", "/backoffice/dead-letters/1", "/backoffice/dead-letters/99", "/backoffice/dead-letters/like/1", "/backoffice/dead-letters/like/1?state=replayed",
        })
        {
            await OpenAsync(staff, path);
            await LookAsync(staff, path, faults);
        }

        await DecideAsync(staff, faults);
        await OpenAsync(staff, "/backoffice/statistics");
        await LookAsync(staff, "/backoffice/statistics", faults);
        faults.ShouldBeEmpty();
    }

    /// <summary>An order asked to be cancelled, and one that is.</summary>
    private static async Task<OrderNumber> CancelAsync(TestShop shop, Visitor staff, OrderNumber stuck, List<string> faults)
    {
        await OpenAsync(staff, $"/backoffice/orders/{stuck}");
        await staff.Button("Cancel order").ClickAsync();
        await staff.Button("Yes, cancel it").WaitForAsync();
        await LookAsync(staff, "An order with the question whether to cancel it", faults);
        var cancelled = await shop.PlaceAsync(Cancellation);
        await shop.FinishAsync(cancelled, Department.Warehouse);
        await shop.ChangeAsync(cancelled, (order, now) => order.Cancel("Staff", now));
        return cancelled;
    }

    /// <summary>Dead letters with the questions that are asked about them, and one that was replayed.</summary>
    private static async Task DecideAsync(Visitor staff, List<string> faults)
    {
        await OpenAsync(staff, "/backoffice/dead-letters");
        await staff.Button("Replay all 2 …").ClickAsync();
        await LookAsync(staff, "asked before all are replayed", faults);
        await staff.Button("Not now").ClickAsync();
        await staff.Button("Discard …").First.ClickAsync();
        await staff.Page.Locator("form.ask").GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(staff, "asked for a reason", faults);
        await staff.Button("Not now").ClickAsync();
        await staff.Button("Replay").First.ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 letter replayed.");
        await LookAsync(staff, "told what was replayed", faults);
        await OpenAsync(staff, "/backoffice/dead-letters/1");
        await LookAsync(staff, "a letter that was replayed", faults);
    }

    private static async Task LookAsync(Visitor staff, string path, List<string> faults)
    {
        var scan = await staff.Page.RunAxe();
        faults.AddRange(scan.Violations.SelectMany(v => v.Nodes.Select(n => $"{path}: {v.Help}: {n.Html}")));
        var beyond = await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        if (beyond > 0)
        {
            faults.Add($"{path} is {beyond} px wider than the screen");
        }
    }

    /// <summary>Opens a page, signing in first where asked to, and waits until its circuit runs.</summary>
    private static async Task OpenAsync(Visitor staff, string path)
    {
        await staff.GoAsync(path);
        var password = staff.Page.GetByLabel("Staff password");
        if (await password.IsVisibleAsync())
        {
            await password.FillAsync(TestShop.StaffPassword);
            await staff.Button("Sign in").ClickAsync();
        }

        await staff.Page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    private static async Task<OrderNumber> StuckAsync(TestShop shop)
    {
        var stuck = await shop.PlaceAsync(Cancellation);
        await shop.ChangeAsync(stuck, (order, now) =>
        {
            order.Claim(Department.Warehouse, now, alone: true);
            order.GiveUp(Department.Warehouse, 1, "out of paper", now);
        });
        return stuck;
    }

    private static ILocator Rows(Visitor staff) => staff.Page.Locator("tbody").GetByRole(AriaRole.Row);

    private static ILocator Room(Visitor staff, string name) => staff.Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex(name, RegexOptions.None, TimeSpan.FromSeconds(1)) });
}
