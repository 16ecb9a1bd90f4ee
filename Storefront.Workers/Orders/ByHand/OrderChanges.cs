using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Orders.ByHand;

/// <summary>One change of an order by a member of the staff: the order's row is taken first, and the entry in the audit log goes into the same commit.</summary>
public sealed class OrderChanges(StoreWrites writes, OrderNews news, AuditLog audit, TimeProvider time)
{
    /// <summary>What a change does: says how it ended, and in words what it did. It is rolled back unless it ended with <see cref="Handling.Done"/>.</summary>
    internal delegate Task<(Handling Outcome, string? Detail)> Change(StoreDb db, Order order, DateTimeOffset now, CancellationToken cancellationToken);

    /// <param name="number">The order.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="change">What is done.</param>
    /// <param name="cancellationToken">Gives up waiting; a change whose commit has begun stands.</param>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    internal Task<Handling> RunAsync(OrderNumber number, string by, string action, Change change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return writes.RunAsync(async (db, ct) =>
        {
            if (await OrderRow.TakeAsync(db, number, ct) is not { } order)
            {
                db.Discard();
                return Handling.Unknown;
            }

            var (outcome, detail) = await change(db, order, time.GetUtcNow(), ct);
            if (outcome != Handling.Done)
            {
                db.Discard();
                return outcome;
            }

            audit.Add(db, by, action, OrderTerms.SubjectOf(number), detail);
            news.Changed(db, order);
            await db.SaveChangesAsync(ct);
            return outcome;
        }, cancellationToken);
    }
}
