using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Tests.Browser;

namespace Storefront.Tests.BackOffice;

/// <summary>What a walk through the office begins with.</summary>
internal static class OfficeVisits
{
    /// <summary>Opens a page, signing in first where asked to, and waits until its circuit runs.</summary>
    public static async Task OpenOfficeAsync(this Visitor staff, string path)
    {
        await staff.GoAsync(path);
        if (new Uri(staff.Page.Url).AbsolutePath == "/signin")
        {
            await staff.Page.GetByLabel("Password").FillAsync(TestShop.StaffPassword);
            await staff.Button("Sign in").ClickAsync();
        }

        await staff.Page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Marketing counts an order, as its department does.</summary>
    public static Task CountAsync(this TestShop shop, OrderNumber number, CancellationToken cancellationToken) => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
    {
        var order = await db.Orders.Include(o => o.Lines).SingleAsync(o => o.Number == number, ct);
        db.CountedOrders.Add(new() { OrderId = order.Id, PlacedAt = order.PlacedAt, PriceMinor = order.PriceMinor, Pieces = order.Lines.Sum(l => l.Quantity), Source = order.Source.Text() });
        return await db.SaveChangesAsync(ct);
    }, cancellationToken);

    /// <summary>An order whose pick list failed for good.</summary>
    public static async Task<OrderNumber> StuckAsync(this TestShop shop, CancellationToken cancellationToken)
    {
        var stuck = await shop.PlaceAsync(cancellationToken);
        await shop.ChangeAsync(stuck, (order, now) =>
        {
            order.Claim(Department.Warehouse, now, alone: true);
            order.GiveUp(Department.Warehouse, 1, "out of paper", now);
        });
        return stuck;
    }
}
