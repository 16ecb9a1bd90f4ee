using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Departments.Marketing;
using Storefront.Orders;
using Storefront.Tests.BackOffice;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments;

/// <summary>What was counted is added up behind the orders' backs, each order once.</summary>
public sealed class Marketings_sums(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_an_order_in_once_and_out_once()
    {
        await using var desk = await OfficeDesk.OpenAsync();
        var kept = await desk.PlaceAsync(products: [2, 4, 4]);
        var regretted = await desk.PlaceAsync(products: [2]);
        await desk.CountAsync(kept);
        await desk.CountAsync(regretted);
        await TakeInAsync(desk, 2);
        await TakeInAsync(desk, 0);
        (await SumsAsync(desk)).ShouldBe((2, 4, "2:2 4:2"));

        for (var i = 0; i < 2; i++)
        {
            await desk.WriteAsync(async db => await MarketingSums.TakeOutAsync(db, await IdAsync(db, regretted), Cancellation));
        }

        (await SumsAsync(desk)).ShouldBe((1, 3, "2:1 4:2"));
    }

    [Fact]
    public async Task Leave_out_what_was_not_taken_in()
    {
        await using var desk = await OfficeDesk.OpenAsync();
        var regretted = await desk.PlaceAsync();
        await desk.CountAsync(regretted);
        await desk.WriteAsync(async db => await MarketingSums.TakeOutAsync(db, await IdAsync(db, regretted), Cancellation));
        (await SumsAsync(desk)).ShouldBe((0, 0, ""));
    }

    [Fact]
    public async Task Take_every_order_in_once_though_several_processes_add_up()
    {
        await using var desk = await OfficeDesk.OpenAsync();
        for (var i = 0; i < 30; i++)
        {
            await desk.CountAsync(await desk.PlaceAsync(products: [2]));
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.Get<StoreWrites>().RunAsync(async (db, ct) =>
        {
            var count = await MarketingSums.TakeInAsync(db, 20, ct);
            await db.SaveChangesAsync(ct);
            return count;
        }, Cancellation))));

        var sums = await SumsAsync(desk);
        sums.Orders.ShouldBe(taken.Sum());
        await TakeInAsync(desk, 30 - taken.Sum());
        (await SumsAsync(desk)).ShouldBe((30, 30, "2:30"));
    }

    [Fact]
    public async Task Follow_by_themselves_and_let_go_of_a_cancelled_order()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), ("Departments:Packing:Enabled", "false"));
        var kept = await shop.PlaceAsync(Cancellation, 2);
        var regretted = await shop.PlaceAsync(Cancellation, 4);
        await Watching.UntilAsync("both are in the sums", async () => await OrdersAsync(shop) == 2, Cancellation);

        await shop.Services.GetRequiredService<CancelOrder>().RunAsync(regretted, "Staff", Cancellation);

        await Watching.UntilAsync("one is out again", async () => await OrdersAsync(shop) == 1, Cancellation);
        await using var db = shop.OpenDatabase();
        (await db.Set<CountedGoods>().Where(g => g.Pieces > 0).Select(g => g.ProductId).ToListAsync(Cancellation)).ShouldBe([2]);
        (await db.CountedOrders.SingleAsync(Cancellation)).OrderId.ShouldBe(await IdAsync(db, kept));
    }

    private static Task<long> IdAsync(StoreDb db, OrderNumber number) => db.Orders.Where(o => o.Number == number).Select(o => o.Id).SingleAsync(Cancellation);

    private static Task TakeInAsync(OfficeDesk desk, int expected) => desk.WriteAsync(async db => (await MarketingSums.TakeInAsync(db, 100, Cancellation)).ShouldBe(expected));

    private static async Task<long> OrdersAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.Set<CountedHour>().SumAsync(h => h.Orders, Cancellation);
    }

    private static async Task<(long Orders, long Pieces, string Goods)> SumsAsync(OfficeDesk desk)
    {
        await using var db = await desk.Contexts.CreateDbContextAsync(Cancellation);
        var hours = await db.Set<CountedHour>().ToListAsync(Cancellation);
        var goods = await db.Set<CountedGoods>().OrderBy(g => g.ProductId).ToListAsync(Cancellation);
        return (hours.Sum(h => h.Orders), hours.Sum(h => h.Pieces), string.Join(' ', goods.Select(g => $"{g.ProductId}:{g.Pieces}")));
    }
}
