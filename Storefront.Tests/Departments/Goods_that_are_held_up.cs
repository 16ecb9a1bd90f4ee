using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments;
using Storefront.Orders;

namespace Storefront.Tests.Departments;

/// <summary>A room has stood still, and asking for it did not help: that is told on <c>shop.events</c>, where nobody has to listen.</summary>
public sealed class Goods_that_are_held_up
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Department.Packing, 1)]
    [InlineData(Department.Sales, 0)]
    public async Task Are_told_of_in_the_commit_that_flags_the_order(Department department, int events)
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        await shop.WorkAsync(number, tell: true, Department.Warehouse);

        while (!(await shop.FindAsync(number)).NeedsAttention)
        {
            (await shop.Services.GetRequiredService<SweepCommits>().SetGoingAsync(number, [department], TimeSpan.Zero, Cancellation)).ShouldBeTrue();
        }

        await using var db = shop.OpenDatabase();
        var told = await db.Outbox.AsNoTracking().Where(r => r.RoutingKey == "order.delayed").ToListAsync(Cancellation);
        told.Count.ShouldBe(events);
        told.ShouldAllBe(r => r.Exchange == "shop.events" && !r.Mandatory && r.CorrelationId == number.ToString());
    }
}
