using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// The order's row is the lock: every change begins by raising its version, or by locking the row where a database can, so of two changes at the same time one waits for the other.
/// Orders are taken and written by hand-written SQL, which costs a tenth of what tracking them does; reading for people is EF Core's.
/// </summary>
public static class OrderRow
{
    private const string Columns = """
        id, number, status, price_minor, currency, placed_at, completed_at, version, source, source_message_id, source_reference, last_seq,
        customer_name, email, note, street, city, postcode, country, language
        """;

    private const string Raise = $"UPDATE orders SET version = version + 1 WHERE number = @number RETURNING {Columns}";

    private const string Lock = $"SELECT {Columns} FROM orders WHERE number = @number FOR NO KEY UPDATE";

    /// <summary>Takes the order for a change, with its tasks; null when there is none. Saving the unit of work writes what has changed; if nothing changes after all, discard it.</summary>
    public static async Task<Order?> TakeAsync(StoreDb db, OrderNumber number, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(db, number, cancellationToken);
        var order = await asked.TakeAsync(cancellationToken);
        asked.SaveLater();
        return order;
    }

    /// <summary>Asks for an order that is to be changed; a database across a network may get the question together with others.</summary>
    internal static async Task<AskedOrder> AskAsync(StoreDb db, OrderNumber number, CancellationToken cancellationToken)
    {
        if (db.OrdersAtHand?.Take(number) is { } known)
        {
            return new AskedOrder(db, new([known]), new([]), isRaised: false);
        }

        var order = await db.AskAsync(db.LocksRows ? Lock : Raise, ReadOrder, cancellationToken, ("@number", number.Value));
        // A statement of its own: it sees what was committed while the first waited for the lock.
        var tasks = await db.AskAsync("""
            SELECT department, action, state, attempts, queued_at, started_at, finished_at, reference, fault, replayed_letter, sweeps, claimed_by
            FROM order_tasks WHERE order_id = (SELECT id FROM orders WHERE number = @number)
            """, ReadTask, cancellationToken, ("@number", number.Value));
        return new AskedOrder(db, order, tasks, isRaised: !db.LocksRows);
    }

    /// <summary>Writes a new order with all its parts when the unit of work is saved.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="order">The order.</param>
    /// <param name="id">Its id, if that was asked for together with something else (<see cref="StoreDb.AskOrderIdAsync"/>).</param>
    public static void Add(StoreDb db, Order order, Asked<long>? id = null) => db.OnSave(async ct =>
    {
        await NewOrder.InsertAsync(db, order, id, ct);
        db.OrdersAtHand?.Written(order);
        OrderMemo.Of(order).SaveLater(db, order);
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
}
