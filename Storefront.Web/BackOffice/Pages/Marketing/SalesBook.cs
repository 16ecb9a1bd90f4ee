using Microsoft.EntityFrameworkCore;
using Nito.AsyncEx;
using Storefront.Data;
using Storefront.Departments.Marketing;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>Reads what marketing counted, from its sums by hour and by day (<see cref="SumsNow"/>). One reading serves everybody for a while; nothing at all is read anew.</summary>
public sealed class SalesBook(IDbContextFactory<StoreDb> contexts, TimeProvider time)
{
    /// <summary>How old a page's figures may be.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private readonly AsyncLock _oneReader = new();
    private readonly Dictionary<Period, SalesFigures> _latest = [];

    public async Task<SalesFigures> ReadAsync(Period period, CancellationToken cancellationToken)
    {
        using (await _oneReader.LockAsync(cancellationToken))
        {
            return _latest.GetValueOrDefault(period) is { Total.Orders: > 0 } latest && latest.At + Lasts > time.GetUtcNow()
                ? latest
                : _latest[period] = await CountAsync(period, cancellationToken);
        }
    }

    private async Task<SalesFigures> CountAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (day, hour) = ((long)period.First(today).DayNumber, period.First(today).DayNumber * 24L);
        var steps = await SumsAsync(db, period == Period.Today ? "s.hour" : "s.hour / 24", hour, cancellationToken);
        var hours = await SumsAsync(db, "s.hour % 24", hour, cancellationToken);
        var sources = await db.Sql($"""
            SELECT s.source, CAST(sum(s.orders) AS bigint), CAST(sum(s.revenue_minor) AS bigint), CAST(sum(s.pieces) AS bigint), CAST(sum(s.new_customers) AS bigint), CAST(sum(s.returning_customers) AS bigint)
            FROM {SumsNow.Hours} GROUP BY s.source
            """, ("@since", hour)).ListAsync(row => (Sales: new SourceSales(row.Text(0), new(row.Number(1), row.Number(2))), Pieces: row.Number(3), New: row.Number(4), Returning: row.Number(5)), cancellationToken);
        return new(
            now, period, SalesSteps.Of(period, steps, today), [.. Enumerable.Range(0, 24).Select(h => hours.GetValueOrDefault(h))],
            [.. sources.Select(s => s.Sales).Where(s => s.Sold.Orders > 0).OrderByDescending(s => s.Sold.Orders).ThenBy(s => s.Source, StringComparer.Ordinal)],
            await GoodsAsync(db, day, cancellationToken), sources.Sum(s => s.Pieces), sources.Sum(s => s.New), sources.Sum(s => s.Returning));
    }

    /// <summary>Sums by a step of time, of those steps in which something was ordered.</summary>
    private static async Task<Dictionary<long, Takings>> SumsAsync(StoreDb db, string step, long since, CancellationToken cancellationToken) =>
        (await db.Sql($"SELECT {step}, CAST(sum(s.orders) AS bigint), CAST(sum(s.revenue_minor) AS bigint) FROM {SumsNow.Hours} GROUP BY 1", ("@since", since))
            .ListAsync(row => (Step: row.Number(0), Sold: new Takings(row.Number(1), row.Number(2))), cancellationToken)).Where(s => s.Sold.Orders > 0).ToDictionary(s => s.Step, s => s.Sold);

    private static async Task<IReadOnlyList<ProductSales>> GoodsAsync(StoreDb db, long since, CancellationToken cancellationToken)
    {
        var sold = (await db.Sql($"SELECT s.product_id, CAST(sum(s.pieces) AS bigint), CAST(sum(s.revenue_minor) AS bigint) FROM {SumsNow.Goods} GROUP BY s.product_id", ("@since", since))
            .ListAsync(row => (Product: (int)row.Number(0), Pieces: row.Number(1), RevenueMinor: row.Number(2)), cancellationToken)).ToDictionary(s => s.Product);
        var catalogue = await db.Products.Join(db.Categories, p => p.CategoryId, c => c.Id, (p, c) => new { p.Id, p.Name, Category = c.Name, p.Stock, p.ArchivedAt }).ToListAsync(cancellationToken);
        // What is not sold any more and was not in these days is nobody's news.
        return [.. catalogue.Where(p => p.ArchivedAt is null || sold.ContainsKey(p.Id)).Select(p => sold.Remove(p.Id, out var s) ? new ProductSales(p.Id, p.Name, p.Category, p.Stock, s.Pieces, s.RevenueMinor) : new(p.Id, p.Name, p.Category, p.Stock, 0, 0))
            .Concat(sold.Values.Select(s => new ProductSales(s.Product, $"No. {s.Product}", "No longer in the catalogue", null, s.Pieces, s.RevenueMinor)))
            .OrderByDescending(p => p.Pieces).ThenByDescending(p => p.RevenueMinor).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }
}
