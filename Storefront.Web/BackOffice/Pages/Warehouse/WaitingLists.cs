using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Warehouse;

/// <summary>An order that lies with a room, and since when.</summary>
/// <param name="OrderId">The order's key in the database.</param>
/// <param name="Number">Its number.</param>
/// <param name="Task">Where the room's work on it stands.</param>
/// <param name="QueuedAt">When its turn came.</param>
public sealed record WaitingOrder(long OrderId, OrderNumber Number, TaskState Task, DateTimeOffset QueuedAt);

/// <summary>Reads which orders lie with a room now, the oldest first: from the index over unfinished work, and no more than <see cref="Most"/>.</summary>
public sealed class WaitingLists(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>As many as anybody works through before looking again.</summary>
    public const int Most = 100;

    public async Task<IReadOnlyList<WaitingOrder>> ReadAsync(Department department, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = new List<(long Order, TaskState State, DateTimeOffset At)>();
        foreach (var state in RoomLoad.States)
        {
            // Not the undoing of a cancelled order's: nothing is to be picked or packed for it.
            var some = await db.OrderTasks.AsNoTracking().Unfinished(state).Where(t => t.Department == department && t.QueuedAt != null && t.Action == TaskAction.Do).OrderBy(t => t.QueuedAt).Take(Most)
                .Select(t => new { Order = EF.Property<long>(t, "OrderId"), t.QueuedAt }).ToListAsync(cancellationToken);
            waiting.AddRange(some.Select(t => (t.Order, state, t.QueuedAt!.Value)));
        }

        var oldest = waiting.OrderBy(w => w.At).ThenBy(w => w.Order).Take(Most).ToList();
        var ids = oldest.ConvertAll(w => w.Order);
        var numbers = await db.Orders.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Number }).ToDictionaryAsync(o => o.Id, o => o.Number, cancellationToken);
        return [.. oldest.Select(w => new WaitingOrder(w.Order, numbers[w.Order], w.State, w.At))];
    }
}
