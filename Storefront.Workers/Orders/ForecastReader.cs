using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// Keeps one <see cref="Forecast"/> for all who watch. It is read anew when somebody asks after <see cref="KeptFor"/>; while nobody asks, nothing is read.
/// The last orders are found along the index of when they were placed, without a condition: as dear with a million orders as with a thousand.
/// </summary>
public sealed partial class ForecastReader(IDbContextFactory<StoreDb> contexts, TimeProvider time, ILogger<ForecastReader> log) : IDisposable
{
    /// <summary>How old it may be.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    /// <summary>The last orders that are looked at. With more than these under way at once there is no forecast, and none would be true.</summary>
    public const int LookedAt = 200;

    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private volatile Kept? _latest;

    /// <summary>What recent orders tell; nothing when the database does not answer, since no page has to fail for it.</summary>
    public async ValueTask<Forecast> NowAsync(CancellationToken cancellationToken)
    {
        if (Fresh is { } fresh)
        {
            return fresh;
        }

        await _oneReader.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have read it while this one waited.
            return Fresh ?? (_latest = new(await ReadAsync(cancellationToken), time.GetTimestamp())).Forecast;
        }
        catch (DbException e)
        {
            Log.NotRead(log, e);
            return Forecast.None;
        }
        finally
        {
            _oneReader.Release();
        }
    }

    public void Dispose() => _oneReader.Dispose();

    private Forecast? Fresh => _latest is { } latest && time.GetElapsedTime(latest.At) < KeptFor ? latest.Forecast : null;

    private async Task<Forecast> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recent = await db.Orders.OrderByDescending(o => o.PlacedAt).Take(LookedAt).Select(o => new
        {
            o.Status,
            o.PlacedAt,
            Picked = o.Tasks.Where(t => t.Department == Department.Warehouse && t.Action == TaskAction.Do).Select(t => t.FinishedAt).FirstOrDefault(),
            Packed = o.Tasks.Where(t => t.Department == Department.Packing && t.Action == TaskAction.Do).Select(t => t.FinishedAt).FirstOrDefault(),
            Shipped = o.Tasks.Where(t => t.Department == Department.Shipping && t.Action == TaskAction.Do).Select(t => t.FinishedAt).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return Forecast.Of([.. recent.Where(o => o.Status != OrderStatus.Cancelled).Select(o => new Passage(o.PlacedAt, o.Picked, o.Packed, o.Shipped))], time.GetUtcNow());
    }

    private sealed record Kept(Forecast Forecast, long At);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "How long orders usually take could not be read; pages go without it")]
        public static partial void NotRead(ILogger log, Exception e);
    }
}
