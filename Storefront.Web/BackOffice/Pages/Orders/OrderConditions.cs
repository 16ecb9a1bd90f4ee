using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>What a filter asks for, condition by condition. (A text is kept from an index by <c>|| ''</c>, a number by <c>+</c>.)</summary>
internal static class OrderConditions
{
    private const string Name = "lower(n.customer_name)";

    /// <summary>The conditions, those first that few orders fit as a rule. Days and amounts are not among them where the list is sorted by them.</summary>
    public static async Task<List<OrderCondition>> OfAsync(StoreDb db, OrderFilter filter, CancellationToken cancellationToken)
    {
        List<OrderCondition?> all =
        [
            filter.Search is { } search ? await SearchedAsync(db, search, cancellationToken) : null,
            filter.Attention ? Tasks("t.state = 'failed'", "t.state || '' = 'failed'") : null,
            filter.Room is null && filter.State is null ? null : InHand(filter.Room, filter.State),
            filter.Status is { } status ? Status(status) : null,
            filter.Source is { } source ? new($"o.source || '' = '{source.Text()}'") { Walked = $"o.source = '{source.Text()}'", IsCountable = true } : null,
        ];
        return [.. all.OfType<OrderCondition>()];
    }

    private static async Task<OrderCondition> SearchedAsync(StoreDb db, string search, CancellationToken cancellationToken)
    {
        var words = Lower(search);
        if (search.Contains('@', StringComparison.Ordinal))
        {
            return new("lower(o.email) || '' = @email", ("@email", words)) { Walked = "o.email IS NOT NULL AND lower(o.email) = @email" };
        }

        // A number with its dashes is a number; without them a name might look like one.
        var isNumber = OrderNumber.TryParse(search, out var number);
        if (isNumber && search.Contains('-', StringComparison.Ordinal))
        {
            return new($"+o.number = {number.Value}") { Ids = $"SELECT n.id FROM orders n WHERE n.number = {number.Value}" };
        }

        // No name goes on with a letter beyond the last one there is.
        var (asked, range) = ("lower(o.customer_name) || '' >= @name AND lower(o.customer_name) || '' < @end", $"{Name} >= @name AND {Name} < @end");
        (string, object?) name = ("@name", words), end = ("@end", words + "\U0010FFFF");
        if (isNumber)
        {
            return new($"(+o.number = {number.Value} OR {asked})", name, end)
            {
                Ids = $"SELECT n.id FROM orders n WHERE n.number = {number.Value} UNION ALL SELECT n.id FROM orders n WHERE {range}",
            };
        }

        var first = await FirstAsync("");
        return first is not null && first == await FirstAsync(" DESC")
            ? new("lower(o.customer_name) || '' = @name", ("@name", first)) { Walked = "lower(o.customer_name) = @name" }
            : new(asked, name, end) { Ids = $"SELECT n.id FROM orders n WHERE {range}" };

        async Task<string?> FirstAsync(string direction) =>
            (await db.Sql($"SELECT {Name} FROM orders n WHERE {range} ORDER BY {Name}{direction} LIMIT 1", name, end).ListAsync(row => row.Text(0), cancellationToken)).FirstOrDefault();
    }

    private static OrderCondition InHand(Department? room, TaskState? state)
    {
        var (sought, asked) = state is { } known
            ? ($"t.state = '{known.Text()}' AND t.queued_at IS NOT NULL", $"t.state || '' = '{known.Text()}' AND t.queued_at IS NOT NULL")
            : ("t.queued_at IS NOT NULL", "t.state || '' NOT IN ('done', 'cancelled') AND t.queued_at IS NOT NULL");
        var there = room is { } department ? $" AND t.department = '{department.Text()}'" : "";
        return Tasks(sought + there, asked + there);
    }

    private static OrderCondition Status(OrderStatus status) => new($"o.status || '' = '{status.Text()}'")
    {
        // Nearly all are shipped, the cancelled have an index of their own, and each of the others has unfinished work at shipping.
        Walked = status == OrderStatus.Cancelled ? "o.status = 'cancelled'" : null,
        IsCountable = true,
        Ids = status is OrderStatus.Shipped or OrderStatus.Cancelled ? null : $"SELECT t.order_id FROM order_tasks t WHERE t.{UnfinishedWork.Sql} AND t.department = 'shipping'",
    };

    /// <summary>Orders with unfinished work of a kind: as the index over such work has it, and as a task of an order is asked.</summary>
    private static OrderCondition Tasks(string sought, string asked) => new($"EXISTS (SELECT 1 FROM order_tasks t WHERE t.order_id = o.id AND {asked})")
    {
        Ids = $"SELECT t.order_id FROM order_tasks t WHERE t.{UnfinishedWork.Sql} AND {sought}",
    };

    /// <summary>As the databases lower it: ASCII letters only.</summary>
    private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
}
