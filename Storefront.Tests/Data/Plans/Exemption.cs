namespace Storefront.Tests.Data.Plans;

/// <summary>A step that may stand in a plan all the same, and why.</summary>
/// <param name="Step">How the step begins.</param>
/// <param name="Sql">What the statement has in it.</param>
/// <param name="Reason">Why it does not get slower with every order; or that it does, and what is to come of it.</param>
internal sealed record Exemption(string Step, string Sql, string Reason)
{
    public static IReadOnlyList<Exemption> All { get; } =
    [
        new("USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY", "LEFT JOIN \"order_tasks\"", "The tasks of the orders of one screen, sorted order by order."),
        new("USE TEMP B-TREE FOR ORDER BY", "\"state\" IN ('waiting', 'working', 'retrying', 'failed')", "What the index of unfinished work finds: as much as there is to do."),
        new("USE TEMP B-TREE FOR ORDER BY", "FROM orders o WHERE o.id IN (", "Of no more than a thousand orders: they were counted first (OrderFinder)."),
        new("SCAN o USING INDEX ix_orders_placed_at", "= 'warehouse' AND \"o0\".\"action\" = 'do'", "The last two hundred orders, whatever became of them: no condition but the limit."),
        new("SCAN o USING COVERING INDEX ix_orders_cancelled", "o.status = 'cancelled'", "This index has nothing but what is looked for, and a screenful or 10,001 of it at most."),
        new("USE TEMP B-TREE FOR GROUP BY", "marketing_orders", "The last thirty days, read once a minute at most for all who look."),
        new("USE TEMP B-TREE FOR ORDER BY", "marketing_orders", "The sums of the last thirty days: ten of them, or a handful."),
        new("USE TEMP B-TREE FOR ORDER BY", "GROUP BY \"d\".\"queue\", \"d\".\"exchange\", \"d\".\"cause\"", "The groups, of which there are as many as causes."),
        new("SCAN o", "\"o\".\"correlation_id\"", "Asked by the sweeper when nothing in the outbox is late, and then there is little in it."),
        new("SCAN outbox USING COVERING INDEX", "SELECT COUNT(*) FROM \"outbox\"", "What waits for the broker now, for those who collect figures."),
    ];

    public bool Covers(PlanFault fault) => fault.Step.StartsWith(Step, StringComparison.Ordinal) && fault.Sql.Contains(Sql, StringComparison.Ordinal);
}
