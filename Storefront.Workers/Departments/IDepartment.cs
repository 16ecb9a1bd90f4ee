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

/// <summary>One order as a department gets it.</summary>
public sealed record Job(
    OrderNumber Number, Department Department, int Attempt, Customer Customer, long PriceMinor, string Currency,
    DateTimeOffset PlacedAt, OrderSource Source, string? SourceReference, IReadOnlyList<JobLine> Lines)
{
    /// <summary>The key every neighbour knows this piece of work by: it takes effect once, however often it is asked for.</summary>
    public string Key => $"{Number}:{Department.Text()}";
}

/// <summary>Goods in a job, with the bin to find them in.</summary>
public sealed record JobLine(int ProductId, string Name, int Quantity, long PriceMinor, string Bin);

/// <summary>What came of the work.</summary>
/// <param name="Reference">What the neighbour gave back: a document, a tracking number.</param>
/// <param name="Facts">Local facts to write in the commit that closes the task.</param>
public sealed record WorkDone(string? Reference = null, Action<StoreDb, Order>? Facts = null);
