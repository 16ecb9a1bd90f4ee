using Microsoft.EntityFrameworkCore;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Departments.Warehouse;

/// <summary>How asking for a pick list once more ended.</summary>
public enum Reprint
{
    /// <summary>It lies in this machine's spool.</summary>
    Queued,

    /// <summary>The warehouse has not printed it for the first time yet, or there is no such order.</summary>
    NotPrinted,

    /// <summary>The order was cancelled: there is nothing to pick.</summary>
    Cancelled,
}

/// <summary>Pick lists that were printed: to be looked at, and printed once more.</summary>
public sealed class PickLists(IDbContextFactory<StoreDb> contexts, StoreWrites writes, AuditLog audit, IPrinter printer, Spool spool)
{
    /// <summary>What a reprint is called where it is written down who did what.</summary>
    public const string ReprintAction = "picklist.reprint";

    /// <summary>
    /// The pick list as a PDF: as it was printed, or drawn anew from the order where this machine's spool has it no more. Null when the warehouse has printed
    /// none, or withdrawn it, the order being cancelled.
    /// </summary>
    public async Task<byte[]?> FindAsync(OrderNumber number, CancellationToken cancellationToken) => await JobAsync(number, cancellationToken) is var (job, status) && status != OrderStatus.Cancelled
        ? await spool.ReadAsync(job.Key, cancellationToken) ?? PickList.Draw(job)
        : null;

    /// <summary>Prints it once more. Each time is a print job of its own; that it was asked for is written down first, so that no paper comes out of which nobody knows why.</summary>
    /// <exception cref="IOException">The spool would not take it; nothing is printed.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing is printed.</exception>
    public async Task<Reprint> ReprintAsync(OrderNumber number, string by, CancellationToken cancellationToken)
    {
        if (await JobAsync(number, cancellationToken) is not var (job, status))
        {
            return Reprint.NotPrinted;
        }

        if (status == OrderStatus.Cancelled)
        {
            return Reprint.Cancelled;
        }

        var pdf = await spool.ReadAsync(job.Key, cancellationToken) ?? PickList.Draw(job);
        await writes.RunAsync(async (db, ct) =>
        {
            audit.Add(db, by, ReprintAction, OrderTerms.SubjectOf(number));
            return await db.SaveChangesAsync(ct);
        }, cancellationToken);
        await printer.PrintAsync(new($"{job.Key}:again:{Guid.NewGuid():N}", $"Pick list {number}, once more", pdf), cancellationToken);
        return Reprint.Queued;
    }

    private async Task<(Job Job, OrderStatus Status)?> JobAsync(OrderNumber number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var order = await db.Orders.AsNoTracking().AsSplitQuery().Include(o => o.Tasks).SingleOrDefaultAsync(o => o.Number == number, cancellationToken);
        if (order is null || order.Task(Department.Warehouse).State != TaskState.Done)
        {
            return null;
        }

        var lines = await JobLine.AskAsync(db, number, Department.Warehouse, cancellationToken);
        return (TaskCommits.JobOf(order, Department.Warehouse, await lines.RowsAsync(cancellationToken)), order.Status);
    }
}
