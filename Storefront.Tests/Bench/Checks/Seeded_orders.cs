using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Storefront.Departments.Marketing;
using Storefront.Orders;
using Storefront.Tests.Bench.Seed;

namespace Storefront.Tests.Bench.Checks;

public sealed class Seeded_orders(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_like_those_that_the_shop_has_seen_to()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-seed-").FullName;
        await (TestDatabase.ConnectionOf(folder) is { } server
            ? PostgresSeed.WriteAsync(server, 120, Cancellation)
            : SqliteSeed.WriteAsync(Path.Combine(folder, "shop.db"), 120, Cancellation));
        await using (var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder, ["Broker:Uri"] = $"{await broker.NewHostAsync(Cancellation)}" }))
        {
            var number = await shop.PlaceAsync(Cancellation, 2, 4, 42);
            await shop.DoneAsync(number, Cancellation);

            await using var db = shop.OpenDatabase();
            var orders = await db.Orders.Include(o => o.Lines).Include(o => o.Tasks).Include(o => o.History).AsSplitQuery().AsNoTracking().ToListAsync(Cancellation);
            var (own, seeded) = (orders.Single(o => o.Number == number), orders.Where(o => o.Number != number).ToList());

            seeded.Count.ShouldBe(120);
            seeded.ShouldAllBe(o => o.Lines.Count == 3 && o.PriceMinor == o.Lines.Sum(l => l.Quantity * l.PriceMinor) && o.LastSeq == o.History.Count && o.CompletedAt != null);
            seeded.Where(o => o.Status == OrderStatus.Shipped).Select(ShapeOf).Distinct().ShouldBe([ShapeOf(own)]);
            seeded.Count(o => o.Status == OrderStatus.Cancelled).ShouldBe(3);
            (await db.CountedOrders.CountAsync(Cancellation)).ShouldBe(118, "marketing counts what was not cancelled");
            var hours = await db.Set<CountedHour>().ToListAsync(Cancellation);
            hours.Sum(h => h.Orders).ShouldBeInRange(117, 118, "all of them are in marketing's sums, and perhaps the shop's own already");
            seeded.Select(o => o.PlacedAt).ShouldAllBe(at => at < DateTimeOffset.UtcNow && at > DateTimeOffset.UtcNow.AddDays(-366));
        }

        await TestDatabase.ForgetAsync(folder);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>All of an order but its numbers, goods and times; departments that work side by side end in any order.</summary>
    private static string ShapeOf(Order order) => JsonSerializer.Serialize(new
    {
        order.Status, order.Version, order.LastSeq, order.Currency,
        Tasks = order.Tasks.OrderBy(t => t.Department).Select(t => new { t.Department, t.Action, t.State, t.Attempts, HasReference = t.Reference is not null, IsTimed = t.QueuedAt <= t.StartedAt && t.StartedAt <= t.FinishedAt, t.Sweeps }),
        History = order.History.Select(h => $"{h.Kind} {h.Data}").Order(StringComparer.Ordinal),
    });
}
