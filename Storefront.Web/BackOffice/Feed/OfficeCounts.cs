using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>Reads the dashboard's numbers: a handful of queries that each touch an index and at most <see cref="Capped.Probe"/> entries of it.</summary>
public sealed class OfficeCounts(IDbContextFactory<StoreDb> contexts, TimeProvider time)
{
    private const int NewestOrders = 8;

    private readonly TodayReader _today = new();

    public async Task<OfficeNumbers> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new OfficeNumbers(
            now,
            await PlacedSinceAsync(db, now.AddMinutes(-1), cancellationToken),
            await PlacedSinceAsync(db, now.AddHours(-1), cancellationToken),
            await RoomsAsync(db, cancellationToken),
            await db.DeadLetters.Where(l => l.State == DeadLetterState.Waiting).OrderBy(l => l.Id).CountCappedAsync(cancellationToken),
            await OutboxAsync(db, now, cancellationToken),
            await db.Orders.AsNoTracking().OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(NewestOrders)
                .Select(ListedOrder.Row).ToListAsync(cancellationToken),
            await _today.ReadAsync(db, now, cancellationToken));
    }

    private static Task<Capped> PlacedSinceAsync(StoreDb db, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Orders.Where(o => o.PlacedAt > since).OrderBy(o => o.PlacedAt).CountCappedAsync(cancellationToken);

    private static async Task<OutboxLoad> OutboxAsync(StoreDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A retry's message is not late before its time has come.
        var due = db.Outbox.Where(r => r.NotBefore <= now).OrderBy(r => r.NotBefore);
        return new(
            await due.CountCappedAsync(cancellationToken),
            await due.Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefaultAsync(cancellationToken));
    }

    // One small count after the other: gathered into one statement, the database would sort all the rows first.
    private static async Task<IReadOnlyList<RoomLoad>> RoomsAsync(StoreDb db, CancellationToken cancellationToken)
    {
        var rooms = new List<RoomLoad>();
        foreach (var department in OrderTerms.Departments)
        {
            var counts = new Dictionary<TaskState, Capped>();
            foreach (var state in RoomLoad.States)
            {
                counts[state] = await Tasks(db, department, state).CountCappedAsync(cancellationToken);
            }

            rooms.Add(new(department, counts, await Tasks(db, department, TaskState.Waiting).Select(t => t.QueuedAt).FirstOrDefaultAsync(cancellationToken)));
        }

        return rooms;
    }

    /// <summary>
    /// Tasks of one room in one state whose turn has come, the longest-waiting first: a walk along the index over unfinished work.
    /// </summary>
    private static IOrderedQueryable<OrderTask> Tasks(StoreDb db, Department department, TaskState state) =>
        db.OrderTasks.Unfinished(state).Where(t => t.Department == department && t.QueuedAt != null).OrderBy(t => t.QueuedAt);
}
