using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;
using Storefront.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.BackOffice;

/// <summary>Every page of the office, in both schemes, on a desk and on a phone.</summary>
public sealed class The_pages_of_the_office(Chromium chromium)
{
    private const int Phone = 390;
    private const int Desk = 1280;
    private const int Height = 844;

    /// <summary>What the scheme and the width decide; all else is the page's own.</summary>
    private static readonly string[] Looks = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Each page is looked at closely in the scheme and width it is opened with, and for its looks in the same scheme with the other width.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desk)]
    public async Task Have_no_accessibility_faults_and_fit_the_screen(ColorScheme scheme, int width)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var staff = await chromium.VisitAsync(shop.Address, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = Height } });
        var faults = new List<string>();

        await staff.GoAsync("/signin?returnUrl=/backoffice/statistics");
        await LookAsync(staff, "/signin", faults);
        await staff.OpenOfficeAsync("/backoffice");
        foreach (var path in new[] { "/backoffice", "/backoffice/orders", "/backoffice/dead-letters", "/backoffice/statistics" })
        {
            await staff.OpenOfficeAsync(path);
            await LookAsync(staff, $"{path} while empty", faults);
        }

        var stuck = await shop.StuckAsync(Cancellation);
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
            await staff.OpenOfficeAsync(path);
            await LookAsync(staff, path, faults);
        }

        await DecideAsync(staff, faults);
        await staff.OpenOfficeAsync("/backoffice/statistics");
        await LookAsync(staff, "/backoffice/statistics", faults);
        faults.ShouldBeEmpty();
    }

    /// <summary>An order asked to be cancelled, and one that is.</summary>
    private static async Task<OrderNumber> CancelAsync(TestShop shop, Visitor staff, OrderNumber stuck, List<string> faults)
    {
        await staff.OpenOfficeAsync($"/backoffice/orders/{stuck}");
        await staff.Button("Cancel order").ClickAsync();
        await staff.Button("Yes, cancel it").WaitForAsync();
        await LookAsync(staff, "An order with the question whether to cancel it", faults);
        await staff.Button("No, keep it").ClickAsync();
        await staff.Button("Resolve by hand …: warehouse").ClickAsync();
        await staff.Button("It is done").ClickAsync();
        await Expect(staff.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(staff, "An order with a task to be resolved", faults);
        await staff.OpenOfficeAsync("/backoffice/orders?sort=oldest&min=1");
        await staff.Page.GetByLabel($"Tick order {stuck}").CheckAsync();
        await staff.Button("Cancel …").ClickAsync();
        await LookAsync(staff, "Ticked orders with the question whether to cancel them", faults);
        var cancelled = await shop.PlaceAsync(Cancellation);
        await shop.FinishAsync(cancelled, Department.Warehouse);
        await shop.ChangeAsync(cancelled, (order, now) => order.Cancel("Staff", now));
        return cancelled;
    }

    /// <summary>Dead letters with the questions that are asked about them, and one that was replayed.</summary>
    private static async Task DecideAsync(Visitor staff, List<string> faults)
    {
        await staff.OpenOfficeAsync("/backoffice/dead-letters");
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
        await staff.OpenOfficeAsync("/backoffice/dead-letters/1");
        await LookAsync(staff, "a letter that was replayed", faults);
    }

    private static async Task LookAsync(Visitor staff, string path, List<string> faults)
    {
        var opened = staff.Page.ViewportSize!.Width;
        await ScanAsync(staff, $"{path} at {opened}", faults);
        var other = opened == Phone ? Desk : Phone;
        await staff.Page.SetViewportSizeAsync(other, Height);
        await ScanAsync(staff, $"{path} at {other}", faults, Looks);
        await staff.Page.SetViewportSizeAsync(opened, Height);
    }

    private static async Task ScanAsync(Visitor staff, string what, List<string> faults, params string[] rules)
    {
        faults.AddRange((await staff.Page.AccessibilityFaultsAsync(rules)).Select(fault => $"{what}: {fault}"));
        var beyond = await staff.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        if (beyond > 0)
        {
            faults.Add($"{what} is {beyond} px wider than the screen");
        }
    }
}
