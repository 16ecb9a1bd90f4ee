using Storefront.Data;

namespace Storefront.Orders;

/// <summary>How an order lies in the database, to write what a change of it has changed.</summary>
internal sealed record OrderMemo
{
    private readonly (long Version, OrderStatus Status, DateTimeOffset? CompletedAt, int LastSeq) _goods;
    private readonly TaskMemo[] _tasks;

    private OrderMemo(Order order) => (_goods, _tasks) = (GoodsOf(order), [.. order.Tasks.Select(TaskMemo.Of)]);

    public static OrderMemo Of(Order order) => new(order);

    /// <summary>Writes what differs by then when the unit of work is saved, and again if it is saved again.</summary>
    public void SaveLater(StoreDb db, Order order) => db.OnSave(async ct =>
    {
        await SaveAsync(db, order, ct);
        Of(order).SaveLater(db, order);
    });

    private async Task SaveAsync(StoreDb db, Order order, CancellationToken cancellationToken)
    {
        if (_goods != GoodsOf(order))
        {
            await db.Sql("UPDATE orders SET version = @version, status = @status, completed_at = @completed, last_seq = @seq WHERE id = @id",
                ("@version", order.Version), ("@status", order.Status.Text()), ("@completed", order.CompletedAt?.UtcTicks), ("@seq", order.LastSeq), ("@id", order.Id)).RunAsync(cancellationToken);
            db.OrdersAtHand?.Written(order);
        }

        for (var i = 0; i < order.Tasks.Count; i++)
        {
            if (i >= _tasks.Length)
            {
                await NewOrder.InsertAsync(db, order.Id, order.Tasks[i], cancellationToken);
            }
            else if (_tasks[i] != TaskMemo.Of(order.Tasks[i]))
            {
                await UpdateAsync(db, order.Id, order.Tasks[i], cancellationToken);
            }
        }

        foreach (var entry in order.History.Where(h => h.Seq > _goods.LastSeq))
        {
            await NewOrder.InsertAsync(db, order.Id, entry, cancellationToken);
        }
    }

    private static Task<int> UpdateAsync(StoreDb db, long order, OrderTask task, CancellationToken cancellationToken) => db.Sql("""
        UPDATE order_tasks SET state = @state, attempts = @attempts, queued_at = @queued, started_at = @started, finished_at = @finished,
            reference = @reference, fault = @fault, replayed_letter = @letter, sweeps = @sweeps, claimed_by = @claimer
        WHERE order_id = @order AND department = @department AND action = @action
        """, ("@state", task.State.Text()), ("@attempts", task.Attempts), ("@queued", task.QueuedAt?.UtcTicks), ("@started", task.StartedAt?.UtcTicks),
        ("@finished", task.FinishedAt?.UtcTicks), ("@reference", task.Reference), ("@fault", task.Fault), ("@letter", task.ReplayedLetter), ("@sweeps", task.Sweeps),
        ("@claimer", task.ClaimedBy), ("@order", order), ("@department", task.Department.Text()), ("@action", task.Action.Text())).RunAsync(cancellationToken);

    private static (long, OrderStatus, DateTimeOffset?, int) GoodsOf(Order order) => (order.Version, order.Status, order.CompletedAt, order.LastSeq);

    private readonly record struct TaskMemo(
        TaskState State, int Attempts, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Reference, string? Fault, long? Letter, int Sweeps)
    {
        public static TaskMemo Of(OrderTask t) => new(t.State, t.Attempts, t.QueuedAt, t.StartedAt, t.FinishedAt, t.Reference, t.Fault, t.ReplayedLetter, t.Sweeps);
    }
}
