using Microsoft.EntityFrameworkCore;
using Storefront.Orders;

namespace Storefront.Departments.Marketing;

/// <summary>The Gossip Tree: keeps the statistics. A local fact in the closing commit, so no neighbour and no key is needed.</summary>
public sealed class MarketingDepartment(SimulatedWork work, Summing summing) : IUndoes
{
    public Department Name => Department.Marketing;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Marketing, cancellationToken);
        work.Do(Department.Marketing, () => "");
        return new(Facts: (db, order, ct) =>
        {
            db.AfterCommit(summing.Ring);
            return db.SendAsync(
                "INSERT INTO marketing_orders (order_id, placed_at, price_minor, pieces, source, summed) VALUES (@order, @placed, @price, @pieces, @source, false)", ct,
                ("@order", order.Id), ("@placed", order.PlacedAt.UtcTicks), ("@price", order.PriceMinor), ("@pieces", job.Lines.Sum(l => l.Quantity)), ("@source", order.Source.Text()));
        });
    }

    public async Task<WorkDone> UndoAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Marketing, cancellationToken);
        work.Do(Department.Marketing, () => "");
        return new(Facts: async (db, order, ct) =>
        {
            await MarketingSums.TakeOutAsync(db, order.Id, ct);
            await db.CountedOrders.Where(c => c.OrderId == order.Id).ExecuteDeleteAsync(ct);
        });
    }
}
