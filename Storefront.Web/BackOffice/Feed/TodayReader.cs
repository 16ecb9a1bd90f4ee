using Microsoft.EntityFrameworkCore;
using Nito.AsyncEx;
using Storefront.Data;
using Storefront.Departments.Marketing;
using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.Products;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>
/// Reads how today goes: from marketing's sums by hour, and for the rest along indexes and as far as a limit, so it costs as much with a million orders as with a thousand.
/// Read anew every <see cref="OfficeFeed.AgeEvery"/>, for all who look.
/// </summary>
internal sealed class TodayReader
{
    /// <summary>From here down they are listed, as in the list of goods.</summary>
    public const int Few = ProductFilter.Few;

    /// <summary>As many as are listed.</summary>
    public const int MostFew = 12;

    private readonly AsyncLock _oneReader = new();
    private readonly MinuteCounts _minutes = new();
    private TodayNumbers? _latest;

    public async Task<TodayNumbers> ReadAsync(StoreDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using (await _oneReader.LockAsync(cancellationToken))
        {
            return _latest is { } latest && latest.At + OfficeFeed.AgeEvery > now ? latest : _latest = await ReadNowAsync(db, now, cancellationToken);
        }
    }

    private async Task<TodayNumbers> ReadNowAsync(StoreDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = now.UtcTicks / TimeSpan.TicksPerDay * 24;
        var hours = (await db.Sql($"SELECT s.hour, CAST(sum(s.orders) AS bigint), CAST(sum(s.revenue_minor) AS bigint) FROM {SumsNow.Hours} GROUP BY s.hour", ("@since", today - 24))
            .ListAsync(row => (Hour: row.Number(0), Sold: new Takings(row.Number(1), row.Number(2))), cancellationToken)).ToDictionary(h => h.Hour, h => h.Sold);
        var pairs = Enumerable.Range(0, 24).Select(i => new HourPair(i, hours.GetValueOrDefault(today + i), hours.GetValueOrDefault(today + i - 24))).ToList();
        return new(
            now, pairs, await YesterdaySoFarAsync(db, pairs, now.AddDays(-1), cancellationToken), await _minutes.ReadAsync(db, now, cancellationToken),
            await ToShipAsync(db, cancellationToken),
            await db.Products.Where(p => p.Stock <= Few && p.ArchivedAt == null).OrderBy(p => p.Stock).ThenBy(p => p.Name).Take(MostFew)
                .Select(p => new FewLeft(p.Id, p.Name, p.Stock)).ToListAsync(cancellationToken));
    }

    /// <summary>The hours that were over by then, from the sums; of the one that ran, the orders themselves.</summary>
    private static async Task<Takings> YesterdaySoFarAsync(StoreDb db, List<HourPair> hours, DateTimeOffset then, CancellationToken cancellationToken)
    {
        var hour = then.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour;
        var begun = (await db.Sql("SELECT count(*), CAST(coalesce(sum(price_minor), 0) AS bigint) FROM marketing_orders WHERE placed_at >= @from AND placed_at < @then", ("@from", hour), ("@then", then.UtcTicks))
            .ListAsync(row => new Takings(row.Number(0), row.Number(1)), cancellationToken)).Single();
        return hours.Where(h => h.Hour < then.UtcDateTime.Hour).Aggregate(begun, (sum, h) => sum + h.Yesterday);
    }

    private static async Task<TimeToShip> ToShipAsync(StoreDb db, CancellationToken cancellationToken)
    {
        var recent = await db.Orders.OrderByDescending(o => o.PlacedAt).Take(TimeToShip.LookedAt).Select(o => new
        {
            o.Status,
            o.PlacedAt,
            Shipped = o.Tasks.Where(t => t.Department == Department.Shipping && t.Action == TaskAction.Do).Select(t => t.FinishedAt).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        // A task that failed has an end, too.
        return TimeToShip.Of([.. recent.Where(o => o.Status != OrderStatus.Cancelled).Select(o => o.Status == OrderStatus.Shipped ? o.Shipped - o.PlacedAt : null)]);
    }
}
