using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Browser;

/// <summary>Does a department's work by hand, so that a test decides when an order moves on.</summary>
internal static class Desks
{
    public static Task FinishAsync(this TestShop shop, OrderNumber number, Department department) => shop.ChangeAsync(number, (order, now) =>
    {
        order.Claim(department, now, alone: true).ShouldBe(Claim.Granted);
        order.Finish(department, reference: null, now, out _).ShouldBeTrue();
    });

    /// <summary>A department takes its work on a cancelled order back.</summary>
    public static Task TakeBackAsync(this TestShop shop, OrderNumber number, Department department) => shop.ChangeAsync(number, (order, now) =>
    {
        var undo = new TaskName(department, TaskAction.Undo);
        order.Claim(undo, now, alone: true).ShouldBe(Claim.Granted);
        order.Finish(undo, reference: null, now, out _).ShouldBeTrue();
    });

    public static Task ChangeAsync(this TestShop shop, OrderNumber number, Action<Order, DateTimeOffset> change) =>
        shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            var order = (await OrderRow.TakeAsync(db, number, ct)).ShouldNotBeNull();
            change(order, DateTimeOffset.UtcNow);
            shop.Services.GetRequiredService<OrderNews>().Changed(db, order);
            await db.SaveChangesAsync(ct);
            return true;
        }, TestContext.Current.CancellationToken);
}
