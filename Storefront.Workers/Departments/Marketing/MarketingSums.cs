using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Departments.Marketing;

/// <summary>
/// Takes counted orders into the sums by hour and by day, and out of them again. An order is in them exactly when its row says so, and the row changes in the
/// commit that changes the sums; whoever reads adds the few that are not in yet (<see cref="SumsNow"/>).
/// </summary>
public static class MarketingSums
{
    /// <summary>The condition of the index over what is not in the sums yet, word for word.</summary>
    internal const string Unsummed = "NOT summed";

    /// <summary>1 for the first order under an e-mail address, 2 for a later one, 0 for an order without; <c>o</c> is the order.</summary>
    internal const string CustomerKind = """
        CASE WHEN o.email IS NULL THEN 0 WHEN EXISTS (
            SELECT 1 FROM orders e WHERE lower(e.email) = lower(o.email) AND e.email IS NOT NULL AND e.placed_at < o.placed_at) THEN 2 ELSE 1 END
        """;

    private const string Told = $"RETURNING order_id, placed_at, source, price_minor, pieces, (SELECT {CustomerKind} FROM orders o WHERE o.id = marketing_orders.order_id)";

    /// <summary>Takes in as many as <paramref name="most"/> of those that are not in yet.</summary>
    /// <returns>How many those were.</returns>
    public static async Task<int> TakeInAsync(StoreDb db, int most, CancellationToken cancellationToken)
    {
        // Asked twice whether it is in: two processes may choose the same ones, and the second then waits for the first.
        var facts = await db.Sql($"""
            UPDATE marketing_orders SET summed = true
            WHERE {Unsummed} AND order_id IN (SELECT order_id FROM marketing_orders WHERE {Unsummed} ORDER BY order_id LIMIT @most) {Told}
            """, ("@most", most)).ListAsync(Fact.Read, cancellationToken);
        await AddAsync(db, facts, 1, cancellationToken);
        return facts.Count;
    }

    /// <summary>Takes an order out, if it is in.</summary>
    public static async Task TakeOutAsync(StoreDb db, long order, CancellationToken cancellationToken) => await AddAsync(
        db, await db.Sql($"UPDATE marketing_orders SET summed = false WHERE order_id = @order AND summed {Told}", ("@order", order)).ListAsync(Fact.Read, cancellationToken), -1, cancellationToken);

    /// <summary>Rows are taken in the order of their keys, so that two who add up cannot wait for each other.</summary>
    private static async Task AddAsync(StoreDb db, List<Fact> facts, int sign, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return;
        }

        await db.RunEachAsync("""
            INSERT INTO marketing_hours (hour, source, orders, revenue_minor, pieces, new_customers, returning_customers) VALUES (@hour, @source, @orders, @revenue, @pieces, @new, @returning)
            ON CONFLICT (hour, source) DO UPDATE SET orders = marketing_hours.orders + excluded.orders, revenue_minor = marketing_hours.revenue_minor + excluded.revenue_minor,
                pieces = marketing_hours.pieces + excluded.pieces, new_customers = marketing_hours.new_customers + excluded.new_customers,
                returning_customers = marketing_hours.returning_customers + excluded.returning_customers
            """, [.. facts.GroupBy(f => (Hour: f.PlacedAt / TimeSpan.TicksPerHour, f.Source)).OrderBy(h => h.Key.Hour).ThenBy(h => h.Key.Source, StringComparer.Ordinal).Select(h => new (string, object?)[]
            {
                ("@hour", h.Key.Hour), ("@source", h.Key.Source), ("@orders", (long)sign * h.Count()), ("@revenue", sign * h.Sum(f => f.PriceMinor)), ("@pieces", sign * h.Sum(f => f.Pieces)),
                ("@new", (long)sign * h.Count(f => f.Customer == 1)), ("@returning", (long)sign * h.Count(f => f.Customer == 2)),
            })], cancellationToken);

        var days = facts.ToDictionary(f => f.OrderId, f => f.PlacedAt / TimeSpan.TicksPerDay);
        var orders = days.Keys.ToList();
        var lines = await db.Set<OrderLine>().Where(l => orders.Contains(EF.Property<long>(l, "OrderId")))
            .Select(l => new { Order = EF.Property<long>(l, "OrderId"), l.ProductId, l.Quantity, l.PriceMinor }).ToListAsync(cancellationToken);
        await db.RunEachAsync("""
            INSERT INTO marketing_goods (day, product_id, pieces, revenue_minor) VALUES (@day, @product, @pieces, @revenue)
            ON CONFLICT (day, product_id) DO UPDATE SET pieces = marketing_goods.pieces + excluded.pieces, revenue_minor = marketing_goods.revenue_minor + excluded.revenue_minor
            """, [.. lines.GroupBy(l => (Day: days[l.Order], l.ProductId)).OrderBy(g => g.Key).Select(g => new (string, object?)[]
            {
                ("@day", g.Key.Day), ("@product", g.Key.ProductId), ("@pieces", (long)sign * g.Sum(l => l.Quantity)), ("@revenue", sign * g.Sum(l => l.Quantity * l.PriceMinor)),
            })], cancellationToken);
    }

    /// <summary>What an order adds to the sums.</summary>
    private sealed record Fact(long OrderId, long PlacedAt, string Source, long PriceMinor, long Pieces, long Customer)
    {
        public static Fact Read(IRow row) => new(row.Number(0), row.Number(1), row.Text(2), row.Number(3), row.Number(4), row.Number(5));
    }
}
