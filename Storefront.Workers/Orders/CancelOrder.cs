using Storefront.Auditing;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Messaging.Outbox;

namespace Storefront.Orders;

/// <summary>
/// Cancels orders, until packing begins: the end of the order, the goods back on the shelf, what has to be undone and the event that says so, in one commit.
/// Racing with packing, whoever takes the order's row first wins.
/// </summary>
public sealed class CancelOrder(StoreWrites writes, OutboxWriter outbox, OrderNews news, AuditLog audit, TimeProvider time)
{
    /// <summary>Cancels the order; asked again, it only says that this has been done.</summary>
    /// <param name="number">Which.</param>
    /// <param name="by">Who asks: <see cref="HistoryData.Customer"/> or a member of the staff. Whether they may is the caller's to know.</param>
    /// <param name="cancellationToken">Gives up waiting; a cancel whose commit has begun stands.</param>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Cancelling> RunAsync(OrderNumber number, string by, CancellationToken cancellationToken) => writes.RunForCustomerAsync(async (db, ct) =>
    {
        var order = await OrderRow.TakeAsync(db, number, ct);
        var now = time.GetUtcNow();
        var outcome = order?.Cancel(by, now) ?? Cancelling.Unknown;
        if (outcome != Cancelling.Cancelled)
        {
            db.Discard();
            return outcome;
        }

        await Shelf.ReturnAsync(db, (await OrderRow.LinesAsync(db, order!, ct)).Select(l => new Amount(l.ProductId, l.Quantity)), ct);
        outbox.Add(db, OrderMessages.Stepped(order!, OrderStatus.Cancelled, now));
        news.Changed(db, order!);
        if (by != HistoryData.Customer)
        {
            audit.Add(db, by, "order.cancel", OrderTerms.SubjectOf(number));
        }

        await db.SaveChangesAsync(ct);
        return outcome;
    }, cancellationToken);
}
