using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// The order's row is the lock: every change begins by raising its version, so of two changes at the same time one waits for the other, on every database.
/// </summary>
public static class OrderRow
{
    /// <summary>Takes the order for a change, with its tasks; null when there is none. If nothing changes after all, discard the unit of work.</summary>
    public static async Task<Order?> TakeAsync(StoreDb db, OrderNumber number, CancellationToken cancellationToken)
    {
        var known = await db.Orders.Where(o => o.Number == number)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Version, o => o.Version + 1), cancellationToken);
        return known == 0 ? null : await db.Orders.Include(o => o.Tasks).SingleAsync(o => o.Number == number, cancellationToken);
    }
}
