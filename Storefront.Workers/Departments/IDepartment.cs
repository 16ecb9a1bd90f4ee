using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>A room behind the counter: does one kind of work on every order.</summary>
public interface IDepartment
{
    Department Name { get; }

    /// <summary>
    /// Does the work. May be called again for the same job (a crash between work and commit, a repeated message), so whatever it causes outside
    /// the database is done under <see cref="Job.Key"/>. Any exception is a failed attempt.
    /// </summary>
    Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>A department that does something the cancelling of an order has to undo.</summary>
public interface IUndoes : IDepartment
{
    /// <summary>
    /// Takes back what <see cref="IDepartment.WorkAsync"/> has caused under <see cref="Job.Key"/>. May be called again, and when nothing had been caused after all;
    /// afterwards the work must not take effect any more. Any exception is a failed attempt.
    /// </summary>
    Task<WorkDone> UndoAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>One order as a department gets it.</summary>
public sealed record Job(
    OrderNumber Number, TaskName Task, int Attempt, Customer Customer, long PriceMinor, string Currency,
    DateTimeOffset PlacedAt, OrderSource Source, string? SourceReference, IReadOnlyList<JobLine> Lines)
{
    /// <summary>The key every neighbour knows this piece of work by: it takes effect once, however often it is asked for.</summary>
    public string Key => $"{Number}:{Task.Department.Text()}";
}

/// <summary>Goods in a job. <paramref name="Bin"/>: where to find them, for the department that fetches them; empty for the others.</summary>
public sealed record JobLine(int ProductId, string Name, int Quantity, long PriceMinor, string Bin)
{
    /// <summary>Asks for an order's goods as the department needs them; they never change, so the order need not be taken first.</summary>
    internal static Task<Asked<JobLine>> AskAsync(StoreDb db, OrderNumber number, Department department, CancellationToken cancellationToken) => department == Department.Warehouse
        // Where they lie, only the shelves know.
        ? db.AskAsync("""
            SELECT l.product_id, l.name, l.quantity, l.price_minor, coalesce(p.bin, '?') FROM order_lines l LEFT JOIN products p ON p.id = l.product_id
            WHERE l.order_id = (SELECT id FROM orders WHERE number = @number) ORDER BY l.line_no
            """, Read, cancellationToken, ("@number", number.Value))
        : db.OrdersAtHand?.LinesOf(number) is { } known ? Task.FromResult(new Asked<JobLine>([.. known.Select(l => new JobLine(l.ProductId, l.Name, l.Quantity, l.PriceMinor, ""))]))
        : db.AskAsync("""
            SELECT product_id, name, quantity, price_minor, '' FROM order_lines WHERE order_id = (SELECT id FROM orders WHERE number = @number) ORDER BY line_no
            """, Read, cancellationToken, ("@number", number.Value));

    private static JobLine Read(IRow row) => new((int)row.Number(0), row.Text(1), (int)row.Number(2), row.Number(3), row.Text(4));
}

/// <summary>What came of the work.</summary>
/// <param name="Reference">What the neighbour gave back: a document, a tracking number.</param>
/// <param name="Facts">Local facts to write in the commit that closes the task.</param>
public sealed record WorkDone(string? Reference = null, Func<StoreDb, Order, CancellationToken, Task>? Facts = null);
