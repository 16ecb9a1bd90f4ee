using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web.Store.Home.Workshop;

/// <summary>
/// Reads what the workshop does, at most once in <see cref="LookEvery"/> however many visitors look on, and not at all while none does. Each query walks
/// along an index and stops at <see cref="UpTo.Most"/>.
/// </summary>
public sealed class WorkshopReader(IDbContextFactory<StoreDb> contexts, TimeProvider time) : IDisposable
{
    /// <summary>How old what is shown may be.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private volatile Look? _latest;

    /// <exception cref="System.Data.Common.DbException">It had to be read, and the database would not.</exception>
    public async ValueTask<WorkshopNow> NowAsync(CancellationToken cancellationToken)
    {
        if (_latest is { } recent && IsRecent(recent))
        {
            return recent.Now;
        }

        await _oneReader.WaitAsync(cancellationToken);
        try
        {
            if (_latest is not { } latest || !IsRecent(latest))
            {
                _latest = latest = new(await ReadAsync(cancellationToken), time.GetTimestamp());
            }

            return latest.Now;
        }
        finally
        {
            _oneReader.Release();
        }
    }

    public void Dispose() => _oneReader.Dispose();

    private bool IsRecent(Look look) => time.GetElapsedTime(look.At) < LookEvery;

    private async Task<WorkshopNow> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rooms = new List<RoomNow>();
        foreach (var room in OrderTerms.Departments)
        {
            rooms.Add(new(room,
                await CountAsync(Tasks(db, room, TaskState.Working), cancellationToken),
                await CountAsync(Tasks(db, room, TaskState.Waiting), cancellationToken)));
        }

        var hourAgo = time.GetUtcNow().AddHours(-1);
        return new(rooms, await CountAsync(db.Orders.Where(o => o.PlacedAt > hourAgo).OrderBy(o => o.PlacedAt), cancellationToken), await NewestAsync(db, cancellationToken));
    }

    /// <summary>Tasks of one room in one state whose turn has come.</summary>
    private static IOrderedQueryable<OrderTask> Tasks(StoreDb db, Department room, TaskState state) =>
        db.OrderTasks.Unfinished(state).Where(t => t.Department == room && t.QueuedAt != null).OrderBy(t => t.QueuedAt);

    /// <summary>Ordered as the index lies, so that no row is sorted.</summary>
    private static async Task<UpTo> CountAsync<T>(IOrderedQueryable<T> rows, CancellationToken cancellationToken) => new(await rows.Take(UpTo.Most).CountAsync(cancellationToken));

    private static async Task<NewestOrder?> NewestAsync(StoreDb db, CancellationToken cancellationToken)
    {
        var newest = await db.Orders.AsNoTracking().OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Select(o => new { o.Id, o.PlacedAt }).FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return null;
        }

        var products = await db.Set<OrderLine>().Where(l => EF.Property<long>(l, "OrderId") == newest.Id).OrderBy(l => l.LineNo).Select(l => l.ProductId).ToListAsync(cancellationToken);
        // Another system may tell a price only.
        return products is [var first, .. var others] ? new(newest.PlacedAt, first, others.Count) : null;
    }

    private sealed record Look(WorkshopNow Now, long At);
}
