using System.Text.Json;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// The order's row is the lock: every change begins by raising its version, so of two changes at the same time one waits for the other, on every database.
/// Orders are taken and written by hand-written SQL, which costs a tenth of what tracking them does; reading for people is EF Core's.
/// </summary>
public static class OrderRow
{
    /// <summary>What an entry of the history says about nearly everything that happens: nothing, or whose work it was.</summary>
    private static readonly Dictionary<HistoryData, string> MostCommon = OrderTerms.Departments.Select(d => new HistoryData(d)).Append(new())
        .ToDictionary(data => data, data => JsonSerializer.Serialize(data, OrderJson.Options));

    /// <summary>Takes the order for a change, with its tasks; null when there is none. Saving the unit of work writes what has changed; if nothing changes after all, discard it.</summary>
    public static async Task<Order?> TakeAsync(StoreDb db, OrderNumber number, CancellationToken cancellationToken)
    {
        if (db.OrdersAtHand?.Take(number) is { } known)
        {
            SaveLater(db, known, Memo.Of(known));
            known.Taken();
            return known;
        }

        var taken = await db.AskAsync("""
            UPDATE orders SET version = version + 1 WHERE number = @number
            RETURNING id, number, status, price_minor, currency, placed_at, completed_at, version, source, source_message_id, source_reference, last_seq,
                customer_name, email, note, street, city, postcode, country, language
            """, ReadOrder, cancellationToken, ("@number", number.Value));
        // A statement of its own: it sees what was committed while the first waited for the lock.
        var tasks = await db.AskAsync("""
            SELECT department, action, state, attempts, queued_at, started_at, finished_at, reference, fault, replayed_letter, sweeps, claimed_by
            FROM order_tasks WHERE order_id = (SELECT id FROM orders WHERE number = @number)
            """, ReadTask, cancellationToken, ("@number", number.Value));
        if (await taken.RowsAsync(cancellationToken) is not [var order])
        {
            return null;
        }

        order.Tasks.AddRange(await tasks.RowsAsync(cancellationToken));
        SaveLater(db, order, Memo.Of(order));
        return order;
    }

    /// <summary>Writes a new order with all its parts when the unit of work is saved.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="order">The order.</param>
    /// <param name="id">Its id, if that was asked for together with something else (<see cref="StoreDb.AskOrderIdAsync"/>).</param>
    public static void Add(StoreDb db, Order order, Asked<long>? id = null) => db.OnSave(async ct =>
    {
        await NewOrder.InsertAsync(db, order, id, ct);
        db.OrdersAtHand?.Written(order);
        SaveLater(db, order, Memo.Of(order));
    });

    /// <summary>Its lines, for those who need them; a taken order may come without.</summary>
    public static async Task<IReadOnlyList<OrderLine>> LinesAsync(StoreDb db, Order order, CancellationToken cancellationToken)
    {
        if (order.Lines.Count == 0)
        {
            order.Lines.AddRange(await db.Sql("SELECT line_no, product_id, name, quantity, price_minor FROM order_lines WHERE order_id = @id ORDER BY line_no", ("@id", order.Id)).ListAsync(
                row => new OrderLine { LineNo = (int)row.Number(0), ProductId = (int)row.Number(1), Name = row.Text(2), Quantity = (int)row.Number(3), PriceMinor = row.Number(4) }, cancellationToken));
        }

        return order.Lines;
    }

    /// <summary>How the history keeps what an entry says besides its kind.</summary>
    internal static string JsonOf(HistoryData data) => MostCommon.GetValueOrDefault(data) ?? JsonSerializer.Serialize(data, OrderJson.Options);

    private static void SaveLater(StoreDb db, Order order, Memo before) => db.OnSave(async ct =>
    {
        await SaveAsync(db, order, before, ct);
        SaveLater(db, order, Memo.Of(order));
    });

    private static async Task SaveAsync(StoreDb db, Order order, Memo before, CancellationToken cancellationToken)
    {
        if (before.Goods != (order.Version, order.Status, order.CompletedAt, order.LastSeq))
        {
            await db.Sql("UPDATE orders SET version = @version, status = @status, completed_at = @completed, last_seq = @seq WHERE id = @id",
                ("@version", order.Version), ("@status", order.Status.Text()), ("@completed", order.CompletedAt?.UtcTicks), ("@seq", order.LastSeq), ("@id", order.Id)).RunAsync(cancellationToken);
            db.OrdersAtHand?.Written(order);
        }

        for (var i = 0; i < order.Tasks.Count; i++)
        {
            if (i >= before.Tasks.Length)
            {
                await NewOrder.InsertAsync(db, order.Id, order.Tasks[i], cancellationToken);
            }
            else if (before.Tasks[i] != TaskMemo.Of(order.Tasks[i]))
            {
                await UpdateTaskAsync(db, order.Id, order.Tasks[i], cancellationToken);
            }
        }

        foreach (var entry in order.History.Where(h => h.Seq > before.Goods.LastSeq))
        {
            await NewOrder.InsertAsync(db, order.Id, entry, cancellationToken);
        }
    }

    private static Task<int> UpdateTaskAsync(StoreDb db, long order, OrderTask task, CancellationToken cancellationToken) => db.Sql("""
        UPDATE order_tasks SET state = @state, attempts = @attempts, queued_at = @queued, started_at = @started, finished_at = @finished,
            reference = @reference, fault = @fault, replayed_letter = @letter, sweeps = @sweeps, claimed_by = @claimer
        WHERE order_id = @order AND department = @department AND action = @action
        """, ("@state", task.State.Text()), ("@attempts", task.Attempts), ("@queued", task.QueuedAt?.UtcTicks), ("@started", task.StartedAt?.UtcTicks),
        ("@finished", task.FinishedAt?.UtcTicks), ("@reference", task.Reference), ("@fault", task.Fault), ("@letter", task.ReplayedLetter), ("@sweeps", task.Sweeps),
        ("@claimer", task.ClaimedBy), ("@order", order), ("@department", task.Department.Text()), ("@action", task.Action.Text())).RunAsync(cancellationToken);

    private static Order ReadOrder(IRow row) => Order.Restore(
        row.Number(0), OrderTerms.Of<OrderStatus>(row.Text(2)), row.TimeOrNull(6), row.Number(7), (int)row.Number(11), new Order
        {
            Number = new OrderNumber(row.Number(1)),
            PriceMinor = row.Number(3),
            Currency = row.Text(4),
            PlacedAt = row.Time(5),
            Source = OrderTerms.Of<OrderSource>(row.Text(8)),
            SourceMessageId = row.TextOrNull(9),
            SourceReference = row.TextOrNull(10),
            Language = row.TextOrNull(19),
            Customer = new Customer(row.Text(12), row.TextOrNull(13), row.TextOrNull(14))
            {
                Address = row.TextOrNull(15) is { } street ? new Address(street, row.Text(16), row.Text(17), row.Text(18)) : null,
            },
        });

    private static OrderTask ReadTask(IRow row) => new()
    {
        Department = OrderTerms.Of<Department>(row.Text(0)),
        Action = OrderTerms.Of<TaskAction>(row.Text(1)),
        State = OrderTerms.Of<TaskState>(row.Text(2)),
        Attempts = (int)row.Number(3),
        QueuedAt = row.TimeOrNull(4),
        StartedAt = row.TimeOrNull(5),
        FinishedAt = row.TimeOrNull(6),
        Reference = row.TextOrNull(7),
        Fault = row.TextOrNull(8),
        ReplayedLetter = row.NumberOrNull(9),
        Sweeps = (int)row.Number(10),
        ClaimedBy = (int?)row.NumberOrNull(11),
    };

    /// <summary>How the order lies in the database, to find what a change of it has changed.</summary>
    private sealed record Memo((long Version, OrderStatus Status, DateTimeOffset? CompletedAt, int LastSeq) Goods, TaskMemo[] Tasks)
    {
        public static Memo Of(Order order) => new((order.Version, order.Status, order.CompletedAt, order.LastSeq), [.. order.Tasks.Select(TaskMemo.Of)]);
    }

    private readonly record struct TaskMemo(
        TaskState State, int Attempts, DateTimeOffset? QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Reference, string? Fault, long? Letter, int Sweeps)
    {
        public static TaskMemo Of(OrderTask t) => new(t.State, t.Attempts, t.QueuedAt, t.StartedAt, t.FinishedAt, t.Reference, t.Fault, t.ReplayedLetter, t.Sweeps);
    }
}
