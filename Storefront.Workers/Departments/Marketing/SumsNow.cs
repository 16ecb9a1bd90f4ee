namespace Storefront.Departments.Marketing;

/// <summary>
/// The sums as rows to ask, with those orders that are not in them yet: SQL that both databases understand, to stand in a FROM. Asked in one statement or one
/// snapshot, every counted order is in it once. (To SQLite a CROSS JOIN means: begin on the left. By itself it would begin with all lines of all orders.)
/// </summary>
public static class SumsNow
{
    /// <summary>Hour, source, orders, revenue_minor, pieces, new_customers, returning_customers; from the hour <c>@since</c> on.</summary>
    public static string Hours { get; } = $"""
        (SELECT hour, source, orders, revenue_minor, pieces, new_customers, returning_customers FROM marketing_hours WHERE hour >= @since
         UNION ALL
         SELECT f.hour, f.source, 1, f.price_minor, f.pieces, CASE WHEN f.customer = 1 THEN 1 ELSE 0 END, CASE WHEN f.customer = 2 THEN 1 ELSE 0 END
         FROM (SELECT m.placed_at / {TimeSpan.TicksPerHour} AS hour, m.source, m.price_minor, m.pieces, {MarketingSums.CustomerKind} AS customer
               FROM marketing_orders m CROSS JOIN orders o WHERE o.id = m.order_id AND {MarketingSums.Unsummed} AND m.placed_at / {TimeSpan.TicksPerHour} >= @since) f) s
        """;

    /// <summary>Day, product_id, pieces, revenue_minor; from the day <c>@since</c> on.</summary>
    public static string Goods { get; } = $"""
        (SELECT day, product_id, pieces, revenue_minor FROM marketing_goods WHERE day >= @since
         UNION ALL
         SELECT m.placed_at / {TimeSpan.TicksPerDay}, l.product_id, l.quantity, l.quantity * l.price_minor
         FROM marketing_orders m CROSS JOIN order_lines l WHERE l.order_id = m.order_id AND {MarketingSums.Unsummed} AND m.placed_at / {TimeSpan.TicksPerDay} >= @since) s
        """;

    /// <summary>
    /// Adds the orders after <c>@after</c> (an id) to the sums by hour; they are marked as being in them by whoever runs this. For many at once: the migration
    /// that made the tables, and made-up orders of a benchmark.
    /// </summary>
    public static string AddHours { get; } = $"""
        INSERT INTO marketing_hours (hour, source, orders, revenue_minor, pieces, new_customers, returning_customers)
        SELECT f.hour, f.source, count(*), sum(f.price_minor), sum(f.pieces), sum(CASE WHEN f.customer = 1 THEN 1 ELSE 0 END), sum(CASE WHEN f.customer = 2 THEN 1 ELSE 0 END)
        FROM (SELECT m.placed_at / {TimeSpan.TicksPerHour} AS hour, m.source, m.price_minor, m.pieces, {MarketingSums.CustomerKind} AS customer
              FROM marketing_orders m JOIN orders o ON o.id = m.order_id WHERE m.order_id > @after) f WHERE true GROUP BY f.hour, f.source
        ON CONFLICT (hour, source) DO UPDATE SET orders = marketing_hours.orders + excluded.orders, revenue_minor = marketing_hours.revenue_minor + excluded.revenue_minor,
            pieces = marketing_hours.pieces + excluded.pieces, new_customers = marketing_hours.new_customers + excluded.new_customers,
            returning_customers = marketing_hours.returning_customers + excluded.returning_customers
        """;

    /// <summary>The same for the goods by day.</summary>
    public static string AddGoods { get; } = $"""
        INSERT INTO marketing_goods (day, product_id, pieces, revenue_minor)
        SELECT m.placed_at / {TimeSpan.TicksPerDay}, l.product_id, sum(l.quantity), sum(l.quantity * l.price_minor)
        FROM marketing_orders m JOIN order_lines l ON l.order_id = m.order_id WHERE m.order_id > @after GROUP BY 1, 2
        ON CONFLICT (day, product_id) DO UPDATE SET pieces = marketing_goods.pieces + excluded.pieces, revenue_minor = marketing_goods.revenue_minor + excluded.revenue_minor
        """;
}
