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
        new("SCAN l", "as returned from order_lines l", """
            It does: a product's books are added up from every line ever ordered, when somebody asks for it by a button. An index of lines by product would cost
            every order a write for each of them.
            """),
        new("SCAN o USING INDEX ix_orders_placed_at", "= 'shipping' AND \"o0\".\"action\" = 'do'", "The last five hundred orders, whatever became of them: no condition but the limit."),
        new("USE TEMP B-TREE FOR GROUP BY", "marketing_", "Sums by the hour or the day, some ten thousand rows a year, and what is not in them yet."),
        new("SCAN m USING INDEX ix_marketing_orders_unsummed", "marketing_orders", "This index has nothing but what is not in the sums yet."),
        new("SCAN marketing_orders USING INDEX ix_marketing_orders_unsummed", "UPDATE marketing_orders", "The same."),
        new("USE TEMP B-TREE FOR GROUP BY", "FROM orders WHERE placed_at >= @from", "The orders of the last minutes, minute by minute."),
        new("SCAN o USING INDEX ix_order_tasks_pick_lists", "= 'warehouse'", "This index has nothing but what is looked for, and it stops at a limit."),
        new("SCAN a", "FROM \"audit_log\" AS \"a\" ORDER BY \"a\".\"id\" DESC LIMIT", "From the newest on, by the key, until a screen is full."),
        new("USE TEMP B-TREE FOR ORDER BY", "GROUP BY \"d\".\"queue\", \"d\".\"exchange\", \"d\".\"cause\"", "The groups, of which there are as many as causes."),
        new("SCAN o", "\"o\".\"correlation_id\"", "Asked by the sweeper when nothing in the outbox is late, and then there is little in it."),
        new("SCAN outbox USING COVERING INDEX", "SELECT COUNT(*) FROM \"outbox\"", "What waits for the broker now, for those who collect figures."),
    ];

    public bool Covers(PlanFault fault) => fault.Step.StartsWith(Step, StringComparison.Ordinal) && fault.Sql.Contains(Sql, StringComparison.Ordinal);
}
