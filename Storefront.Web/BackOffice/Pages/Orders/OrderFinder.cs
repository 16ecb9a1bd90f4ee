using Storefront.Data;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>What was found.</summary>
/// <param name="Places">The orders' places, in the list's order.</param>
/// <param name="Next">Where to go on; null at the end of the list.</param>
/// <param name="IsCutShort">So many orders were looked at without finding enough that the rest is left for another time.</param>
internal sealed record FoundOrders(IReadOnlyList<OrderCursor> Places, OrderCursor? Next, bool IsCutShort);

/// <summary>
/// Finds the orders of a filter, so that it takes no longer with a million orders than with ten thousand. Where a condition finds few orders by an index, these are
/// sorted. Otherwise an index is walked in the list's order, and what it has not is asked of each order on the way, of no more than <see cref="Capped.Max"/> of them.
/// </summary>
internal sealed class OrderFinder
{
    private readonly StoreDb _db;
    private readonly OrderSort _sort;
    private readonly string _key;
    private readonly SqlConditions _wanted;

    private OrderFinder(StoreDb db, OrderSort sort, string key, SqlConditions wanted) => (_db, _sort, _key, _wanted) = (db, sort, key, wanted);

    /// <summary>How much is done for one answer.</summary>
    /// <param name="Few">So many orders are sorted at most.</param>
    /// <param name="LookedAt">So many are asked on the way at most.</param>
    internal sealed record Limits(int Few = 1000, int LookedAt = Capped.Max);

    /// <summary>What of all that is wanted is the way: the index's own conditions, where one is walked on which orders are asked for the rest; null where nothing is asked on the way.</summary>
    private SqlConditions? Way { get; init; }

    private bool IsCountable { get; init; } = true;

    private int LookedAt { get; init; }

    private bool IsDescending => _sort is OrderSort.Newest or OrderSort.Dearest;

    /// <summary>Decides how these orders are to be found.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="filter">Which.</param>
    /// <param name="zone">The shop's time zone, in which days begin.</param>
    /// <param name="within">How much is done for one answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OrderFinder> OfAsync(StoreDb db, OrderFilter filter, TimeZoneInfo zone, Limits within, CancellationToken cancellationToken)
    {
        var conditions = await OrderConditions.OfAsync(db, filter, cancellationToken);
        var (byPrice, days, amounts) = (filter.Sort is OrderSort.Dearest or OrderSort.Cheapest, OrderRange.Days(filter, zone), OrderRange.Amounts(filter));
        foreach (var (ids, values) in conditions.Select(c => (Ids: byPrice ? c.IdsInAnyOrder : c.Ids, c.Values)).Append((byPrice ? null : amounts.Ids, [])))
        {
            if (ids is not null && await FewAsync(db, ids, values, within.Few, cancellationToken) is { } few)
            {
                var among = new SqlConditions().Add($"o.id IN ({(few.Count == 0 ? "NULL" : string.Join(", ", few))})").Add(conditions).Add(days.Asked).Add(amounts.Asked);
                return new(db, filter.Sort, byPrice ? "+o.price_minor" : "+o.placed_at", among);
            }
        }

        var (along, other) = byPrice ? (amounts, days) : (days, amounts);
        var way = byPrice ? null : conditions.Find(c => c.Walked is not null);
        var asked = conditions.Where(c => c != way).ToList();
        return new(db, filter.Sort, byPrice ? "o.price_minor" : "o.placed_at", Walked().Add(asked).Add(other.Asked))
        {
            Way = asked.Count > 0 || other.Asked is not null ? Walked() : null,
            IsCountable = way?.IsCountable ?? true,
            LookedAt = within.LookedAt,
        };

        SqlConditions Walked() => new SqlConditions().Add(way?.Walked, way?.Values ?? []).Add(along.Walked);
    }

    /// <summary>How many there are; null where that would take long to tell.</summary>
    public async Task<Capped?> CountAsync(CancellationToken cancellationToken)
    {
        if (Way is not null || !IsCountable)
        {
            return null;
        }

        var counted = await _db.Sql($"SELECT count(*) FROM (SELECT 1 FROM orders o{_wanted.Where} ORDER BY {_key} LIMIT {Capped.Probe}) c", _wanted.Values).ListAsync(row => row.Number(0), cancellationToken);
        return new((int)counted[0]);
    }

    /// <summary>The next orders after a place of the list; or, upside down, those before it.</summary>
    /// <param name="from">The place; null: the list's top.</param>
    /// <param name="isUpward">Against the list's order: the nearest first.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FoundOrders> FindAsync(OrderCursor? from, bool isUpward, int most, CancellationToken cancellationToken)
    {
        var isDown = IsDescending != isUpward;
        var sought = _wanted.Beyond(_key, from, isDown);
        if (Way is null)
        {
            return Found(await ListAsync(sought, isDown, $"{most + 1}", cancellationToken), most, end: null);
        }

        // A tenth is often enough.
        return await LookAsync(sought, from, isDown, most, Math.Max(1, LookedAt / 10), cancellationToken) is { IsCutShort: false } found
            ? found : await LookAsync(sought, from, isDown, most, LookedAt, cancellationToken);
    }

    /// <summary>Walks the way, and asks so many orders on it at most.</summary>
    private async Task<FoundOrders> LookAsync(SqlConditions sought, OrderCursor? from, bool isDown, int most, int lookedAt, CancellationToken cancellationToken)
    {
        OrderCursor? end = (await ListAsync(Way!.Beyond(_key, from, isDown), isDown, $"1 OFFSET {lookedAt - 1}", cancellationToken)) is [var last] ? last : null;
        return Found(await ListAsync(sought.UpTo(_key, end, isDown), isDown, $"{most + 1}", cancellationToken), most, end);
    }

    private static FoundOrders Found(List<OrderCursor> places, int most, OrderCursor? end) =>
        places.Count > most ? new(places[..most], places[most - 1], IsCutShort: false) : new(places, end, IsCutShort: end is not null);

    private Task<List<OrderCursor>> ListAsync(SqlConditions conditions, bool isDown, string limit, CancellationToken cancellationToken) => _db
        .Sql($"SELECT {_key}, o.id FROM orders o{conditions.Where} ORDER BY {_key}{(isDown ? " DESC" : "")}, o.id{(isDown ? " DESC" : "")} LIMIT {limit}", conditions.Values)
        .ListAsync(row => new OrderCursor(row.Number(0), row.Number(1)), cancellationToken);

    /// <summary>The ids that a query finds, if they are few.</summary>
    private static async Task<List<long>?> FewAsync(StoreDb db, string ids, (string, object?)[] values, int few, CancellationToken cancellationToken) =>
        await db.Sql($"{ids} LIMIT {few + 1}", values).ListAsync(row => row.Number(0), cancellationToken) is var found && found.Count <= few ? found : null;
}
