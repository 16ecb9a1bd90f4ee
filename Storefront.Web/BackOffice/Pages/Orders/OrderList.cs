using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>A place in the list of all orders, between two of them: that of the order placed then, with that id.</summary>
public readonly record struct OrderCursor(DateTimeOffset PlacedAt, long Id)
{
    /// <summary>Whether this place is above the other one in a list that begins with the newest.</summary>
    public bool IsNewerThan(OrderCursor other) => (PlacedAt, Id).CompareTo((other.PlacedAt, other.Id)) > 0;

    public static OrderCursor Of(ListedOrder order) => new(order.PlacedAt, order.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static OrderCursor? Read(string? text) =>
        text?.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), number)
            : null;

    public override string ToString() => $"{PlacedAt.UtcTicks}.{Id}";
}

/// <summary>A screenful of orders, the newest first, and how many the filter finds in all.</summary>
public sealed record OrderSlice(IReadOnlyList<ListedOrder> Rows, bool HasNewer, bool HasOlder, Capped Total);

/// <summary>Reads orders by the screenful: keyset paging, so the hundredth screen costs what the first does and nothing slips while orders come in.</summary>
public sealed class OrderList(IDbContextFactory<StoreDb> contexts)
{
    public const int SliceSize = 30;

    private const int MostAtOnce = 500;

    /// <summary>The newest, or those next to a place: older than <paramref name="before"/> or newer than <paramref name="after"/>.</summary>
    public async Task<OrderSlice> ReadAsync(OrderFilter filter, OrderCursor? before, OrderCursor? after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = filter.Apply(db);
        var total = await all.OrderByDescending(o => o.PlacedAt).CountCappedAsync(cancellationToken);
        if (after is { } bottom)
        {
            var (at, id) = bottom;
            var upward = await all.Where(o => o.PlacedAt >= at && (o.PlacedAt > at || o.Id > id))
                .OrderBy(o => o.PlacedAt).ThenBy(o => o.Id).Take(SliceSize + 1).Select(ListedOrder.Row).ToListAsync(cancellationToken);
            if (upward.Count > SliceSize)
            {
                return new([.. upward.Take(SliceSize).Reverse()], HasNewer: true, HasOlder: true, total);
            }

            // That was the top: a full screen from there, and not the few that were left.
            before = null;
        }

        if (before is { } top)
        {
            var (at, id) = top;
            all = all.Where(o => o.PlacedAt <= at && (o.PlacedAt < at || o.Id < id));
        }

        var rows = await all.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id)
            .Take(SliceSize + 1).Select(ListedOrder.Row).ToListAsync(cancellationToken);
        return new([.. rows.Take(SliceSize)], HasNewer: before is not null, HasOlder: rows.Count > SliceSize, total);
    }

    /// <summary>Those of the given orders that the filter finds, and their places. Costs what the given orders cost, however many others there are.</summary>
    public async Task<IReadOnlyDictionary<OrderNumber, OrderCursor>> AmongAsync(OrderFilter filter, IEnumerable<OrderNumber> numbers, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new Dictionary<OrderNumber, OrderCursor>();
        foreach (var some in numbers.Chunk(MostAtOnce))
        {
            foreach (var order in await filter.Apply(db).Where(o => some.Contains(o.Number)).Select(o => new { o.Number, o.PlacedAt, o.Id }).ToListAsync(cancellationToken))
            {
                found[order.Number] = new(order.PlacedAt, order.Id);
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
}
