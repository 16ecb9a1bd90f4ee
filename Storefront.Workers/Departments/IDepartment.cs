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

/// <summary>Goods in a job, with the bin to find them in.</summary>
public sealed record JobLine(int ProductId, string Name, int Quantity, long PriceMinor, string Bin);

/// <summary>What came of the work.</summary>
/// <param name="Reference">What the neighbour gave back: a document, a tracking number.</param>
/// <param name="Facts">Local facts to write in the commit that closes the task.</param>
public sealed record WorkDone(string? Reference = null, Func<StoreDb, Order, CancellationToken, Task>? Facts = null);
