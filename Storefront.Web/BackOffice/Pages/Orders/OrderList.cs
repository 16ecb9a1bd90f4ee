using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>A screenful of orders.</summary>
/// <param name="Rows">The orders, in the list's order.</param>
/// <param name="Previous">The place before which there is more of the list; null at its top.</param>
/// <param name="Next">The place after which there is more; null at its end.</param>
/// <param name="IsCutShort">More may fit further on, where nobody has looked yet.</param>
/// <param name="Total">How many the filter finds in all; null where that would take long to tell.</param>
public sealed record OrderSlice(IReadOnlyList<ListedOrder> Rows, OrderCursor? Previous, OrderCursor? Next, bool IsCutShort, Capped? Total);

/// <summary>Reads orders by the screenful: keyset paging, so the hundredth screen costs what the first does and nothing slips while orders come in.</summary>
public sealed class OrderList(IDbContextFactory<StoreDb> contexts, TimeProvider time)
{
    public const int SliceSize = 30;

    private const int MostAtOnce = 500;

    internal OrderFinder.Limits Within { get; init; } = new();

    /// <summary>The list's top, or what is next to a place: after <paramref name="before"/> in the list's order, or before <paramref name="after"/>.</summary>
    public async Task<OrderSlice> ReadAsync(OrderFilter filter, OrderCursor? before, OrderCursor? after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var finder = await OrderFinder.OfAsync(db, filter, time.LocalTimeZone, Within, cancellationToken);
        var total = await finder.CountAsync(cancellationToken);
        if (after is not null)
        {
            var above = await finder.FindAsync(after, isUpward: true, SliceSize, cancellationToken);
            if (above.Next is not null)
            {
                var bottom = above.Places.Count > 0 ? above.Places[0] : after.Value.Nudged(isUp: true, filter.Sort);
                return new(await RowsAsync(db, [.. above.Places.Reverse()], cancellationToken), above.Next, bottom, above.IsCutShort, total);
            }

            // That was the top: a full screen from there, and not the few that were left.
            before = null;
        }

        var found = await finder.FindAsync(before, isUpward: false, SliceSize, cancellationToken);
        var previous = found.Places.Count > 0 && before is not null ? found.Places[0] : before?.Nudged(isUp: false, filter.Sort);
        return new(await RowsAsync(db, found.Places, cancellationToken), previous, found.Next, found.IsCutShort, total);
    }

    /// <summary>Those of the given orders that the filter finds, and their places in a list sorted by when they were placed. Costs what the given orders cost, however many others there are.</summary>
    public async Task<IReadOnlyDictionary<OrderNumber, OrderCursor>> AmongAsync(OrderFilter filter, IEnumerable<OrderNumber> numbers, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (days, amounts) = (OrderRange.Days(filter, time.LocalTimeZone), OrderRange.Amounts(filter));
        var conditions = await OrderConditions.OfAsync(db, filter, cancellationToken);
        var found = new Dictionary<OrderNumber, OrderCursor>();
        foreach (var some in numbers.Chunk(MostAtOnce))
        {
            var among = new SqlConditions().Add($"o.number IN ({string.Join(", ", some.Select(n => n.Value))})").Add(conditions).Add(days.Asked).Add(amounts.Asked);
            foreach (var (number, place) in await db.Sql($"SELECT o.number, o.placed_at, o.id FROM orders o{among.Where}", among.Values)
                .ListAsync(row => (new OrderNumber(row.Number(0)), new OrderCursor(row.Number(1), row.Number(2))), cancellationToken))
            {
                found[number] = place;
            }
        }

        return found;
    }

    /// <summary>The given orders as they are now.</summary>
    public async Task<IReadOnlyDictionary<OrderNumber, ListedOrder>> AgainAsync(IReadOnlyCollection<OrderNumber> numbers, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Orders.AsNoTracking().Where(o => numbers.Contains(o.Number)).Select(ListedOrder.Row).ToDictionaryAsync(o => o.Number, cancellationToken);
    }

    private static async Task<IReadOnlyList<ListedOrder>> RowsAsync(StoreDb db, IReadOnlyList<OrderCursor> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var ids = places.Select(p => p.Id).ToList();
        var rows = await db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id)).Select(ListedOrder.Row).ToDictionaryAsync(o => o.Id, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }
}
