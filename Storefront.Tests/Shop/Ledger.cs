using Microsoft.EntityFrameworkCore;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>Holds the shop's promises against what was accepted: every order once and finished, every effect once, no effect without an order.</summary>
internal static class Ledger
{
    private static readonly Dictionary<string, string> NeighbourOf = new(StringComparer.Ordinal)
    {
        ["sales-system"] = "sales", ["printer"] = "warehouse", ["packing-table"] = "packing", ["carrier"] = "shipping",
    };

    /// <summary>Checks that exactly <paramref name="accepted"/> exist, all shipped and complete, and that the books agree.</summary>
    public static async Task BalancesAsync(this TestShop shop, IReadOnlyCollection<OrderNumber> accepted, CancellationToken cancellationToken)
    {
        await using var db = shop.OpenDatabase();
        var orders = await db.Orders.AsNoTracking().ToListAsync(cancellationToken);
        orders.Select(o => o.Number).ShouldBe(accepted, ignoreOrder: true, "every accepted order exists once, and no other");
        orders.ShouldAllBe(o => o.Status == OrderStatus.Shipped && o.CompletedAt != null);

        var effects = shop.Books();
        effects.ShouldAllBe(e => e.Effects == 1, "nothing twice");
        effects.Select(e => e.Key).ShouldBe(accepted.SelectMany(n => NeighbourOf.Values.Select(d => $"{n}:{d}")), ignoreOrder: true, "each neighbour once an order, and no order unknown");
        (await db.CountedOrders.CountAsync(cancellationToken)).ShouldBe(accepted.Count, "marketing counted each once");
        // The last row goes with its confirm, a moment after the order it tells of was complete.
        await Watching.UntilAsync("the outbox is empty", async () => !await db.Outbox.AnyAsync(cancellationToken), cancellationToken);
    }
}
