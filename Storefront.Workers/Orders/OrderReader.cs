using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>Reads orders for whoever knows their number.</summary>
public sealed class OrderReader(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>The order as it is now; null when there is none.</summary>
    public async Task<OrderSnapshot?> FindAsync(OrderNumber number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // One transaction, so that the split queries see one version.
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var order = await db.Orders.AsNoTracking().AsSplitQuery()
            .Include(o => o.Lines).Include(o => o.Tasks).Include(o => o.History)
            .SingleOrDefaultAsync(o => o.Number == number, cancellationToken);
        return order is null ? null : OrderSnapshot.Of(order);
    }

    /// <summary>Of the given orders, those that have moved on past the version given with them.</summary>
    public async Task<IReadOnlyList<OrderChanged>> NewerThanAsync(IReadOnlyDictionary<OrderNumber, long> seen, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var numbers = seen.Keys.ToArray();
        var current = await db.Orders.AsNoTracking().Where(o => numbers.Contains(o.Number))
            .Select(o => new OrderChanged(o.Number, o.Version)).ToListAsync(cancellationToken);
        return [.. current.Where(c => c.Version > seen[c.Number])];
    }
}
