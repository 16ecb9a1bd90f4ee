using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.BackOffice.Pages.Statistics;

/// <summary>What marketing counted in the last <see cref="Days"/> days (UTC), today included; amounts in minor units.</summary>
public sealed record Figures(DateTimeOffset At, string Currency, IReadOnlyList<DayFigures> ByDay, IReadOnlyList<SourceFigures> BySource, IReadOnlyList<BestSeller> BestSellers)
{
    public const int Days = 30;

    public long Orders => ByDay.Sum(d => d.Orders);

    public long RevenueMinor => ByDay.Sum(d => d.RevenueMinor);

    public long Pieces => ByDay.Sum(d => d.Pieces);

    /// <summary>Rounded to the minor unit; 0 without orders.</summary>
    public long AverageMinor => Orders == 0 ? 0 : (RevenueMinor + (Orders / 2)) / Orders;
}

public sealed record DayFigures(DateOnly Day, long Orders, long RevenueMinor, long Pieces);

public sealed record SourceFigures(string Source, long Orders, long RevenueMinor);

public sealed record BestSeller(int ProductId, string Name, long Pieces, long RevenueMinor);

/// <summary>Reads marketing's counts. The sums run over a month of orders, so one reading serves everybody for a minute; nothing at all is read anew.</summary>
public sealed class StatisticsBook(IDbContextFactory<StoreDb> contexts, Microsoft.Extensions.Options.IOptions<ShopOptions> shop, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private Figures? _latest;

    public async Task<Figures> ReadAsync(CancellationToken cancellationToken)
    {
        await _oneReader.WaitAsync(cancellationToken);
        try
        {
            return _latest is { Orders: > 0 } latest && latest.At + Lasts > time.GetUtcNow() ? latest : _latest = await CountAsync(cancellationToken);
        }
        finally
        {
            _oneReader.Release();
        }
    }

    public void Dispose() => _oneReader.Dispose();

    private async Task<Figures> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(1 - Figures.Days);
        var since = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks;

        // Times are ticks in the database, which LINQ cannot divide; this SQL means the same to SQLite and PostgreSQL.
        var days = await db.Database.SqlQuery<CountedDay>(
            $"""
            select placed_at / {TimeSpan.TicksPerDay} as day, count(*) as orders, sum(price_minor) as revenue_minor, sum(pieces) as pieces
            from marketing_orders where placed_at >= {since} group by 1
            """).ToDictionaryAsync(d => DateOnly.FromDayNumber((int)d.Day), cancellationToken);
        var sources = await db.Database.SqlQuery<SourceFigures>(
            $"""
            select source, count(*) as orders, sum(price_minor) as revenue_minor
            from marketing_orders where placed_at >= {since} group by source order by count(*) desc, source
            """).ToListAsync(cancellationToken);
        var sellers = await db.Database.SqlQuery<BestSeller>(
            $"""
            select l.product_id, max(l.name) as name, sum(l.quantity) as pieces, sum(l.quantity * l.price_minor) as revenue_minor
            from marketing_orders m join order_lines l on l.order_id = m.order_id
            where m.placed_at >= {since} group by l.product_id order by sum(l.quantity) desc, l.product_id limit 10
            """).ToListAsync(cancellationToken);

        return new Figures(now, shop.Value.Currency, [.. Enumerable.Range(0, Figures.Days).Select(i => first.AddDays(i)).Select(d =>
            days.GetValueOrDefault(d) is { } counted ? new DayFigures(d, counted.Orders, counted.RevenueMinor, counted.Pieces) : new DayFigures(d, 0, 0, 0))],
            sources, sellers);
    }

    private sealed record CountedDay(long Day, long Orders, long RevenueMinor, long Pieces);
}
