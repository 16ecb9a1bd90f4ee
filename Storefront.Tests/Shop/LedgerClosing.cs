using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>Closing a ledger: waits for the end of everything, then checks the promises.</summary>
internal static class LedgerClosing
{
    /// <summary>Everything is finished or visibly dead, and all six promises hold; prints the figures.</summary>
    public static async Task<Figures> ClosesAsync(this Ledger ledger, ShopData data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await DrainedAsync(data, Watching.Bound, cancellationToken);
        var timeToDrain = watch.Elapsed;
        var audit = await Audit.TakeAsync(ledger, data, cancellationToken);
        var figures = audit.Figures with { TimeToDrain = timeToDrain };
        TestContext.Current.TestOutputHelper?.WriteLine($"Ledger: {figures}");
        audit.Broken.ShouldBeEmpty(figures.ToString());
        return figures;
    }

    /// <inheritdoc cref="ClosesAsync(Ledger, ShopData, CancellationToken)"/>
    public static Task<Figures> ClosesAsync(this Ledger ledger, TestShop shop, CancellationToken cancellationToken) =>
        ledger.ClosesAsync(ShopData.Of(shop), cancellationToken);

    /// <summary>Exactly <paramref name="accepted"/> exist, all shipped and complete, and all promises hold; dead letters are the test's own business.</summary>
    public static async Task<Figures> BalancesAsync(this TestShop shop, IReadOnlyCollection<OrderNumber> accepted, CancellationToken cancellationToken)
    {
        var ledger = new Ledger { KnowsAllLetters = false };
        foreach (var number in accepted)
        {
            ledger.Promised(number);
        }

        await using (var db = shop.OpenDatabase())
        {
            // Orders taken over from other systems may be among them: they were promised like any other.
            foreach (var reference in await db.Orders.Where(o => o.Source == OrderSource.Queue && accepted.Contains(o.Number)).Select(o => o.SourceReference).ToListAsync(cancellationToken))
            {
                ledger.Sent(reference ?? "", withMessageId: false);
            }
        }

        var figures = await ledger.ClosesAsync(shop, cancellationToken);
        (figures.Dead, figures.Cancelled).ShouldBe((0, 0));
        return figures;
    }

    /// <summary>Waits until no order is under way and the outbox is empty; false when that does not come to pass in time.</summary>
    public static async Task<bool> DrainedAsync(ShopData data, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await Watching.UntilAsync("everything at its end", () => IsDrainedAsync(data, cancellationToken), atMost, TimeSpan.FromMilliseconds(100), cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task<bool> IsDrainedAsync(ShopData data, CancellationToken cancellationToken)
    {
        await using var db = data.OpenDatabase();
        return !await db.Orders.AnyAsync(o => o.CompletedAt == null && !o.Tasks.Any(t => t.State == TaskState.Failed), cancellationToken)
            && !await db.OrderTasks.AnyAsync(t => (t.State == TaskState.Waiting && t.QueuedAt != null) || t.State == TaskState.Working || t.State == TaskState.Retrying, cancellationToken)
            // The last row goes with its confirm, a moment after the order it tells of was complete.
            && !await db.Outbox.AnyAsync(cancellationToken);
    }
}
