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

    /// <summary>The given orders as lines of a list, the newest first. Numbers without an order are left out.</summary>
    public async Task<IReadOnlyList<OrderSummary>> ListAsync(IReadOnlyCollection<OrderNumber> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        var orders = await db.Orders.Where(o => numbers.Contains(o.Number)).Select(o => new
        {
            o.Id,
            Summary = new OrderSummary(o.Number, o.Status, o.Tasks.Any(t =>
                (t.Department == Department.Warehouse || t.Department == Department.Packing || t.Department == Department.Shipping)
                && (t.State == TaskState.Retrying || t.State == TaskState.Failed)), o.PriceMinor, o.Currency, o.PlacedAt),
        }).ToListAsync(cancellationToken);
        var ids = orders.Select(o => o.Id).ToArray();
        var lines = (await db.Set<OrderLine>().Where(l => ids.Contains(EF.Property<long>(l, "OrderId")))
            .Select(l => new { Order = EF.Property<long>(l, "OrderId"), Line = l }).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(l => l.Order, l => l.Line);
        // Sorted here: twenty of them, and no index has them together.
        return [.. orders.OrderByDescending(o => o.Summary.PlacedAt).Select(o => o.Summary with
        {
            Lines = [.. lines[o.Id].OrderBy(l => l.LineNo).Select(l => new OrderSnapshot.Line(l.ProductId, l.Name, l.Quantity, Money.ToMajor(l.PriceMinor)))],
        })];
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
