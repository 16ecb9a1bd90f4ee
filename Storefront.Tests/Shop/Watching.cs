using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>Waiting for facts in a test shop, with a bound instead of a sleep.</summary>
internal static class Watching
{
    /// <summary>Far longer than anything takes that works, on a machine that has much else to do; it costs nothing unless a test fails.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <summary>Waits until <paramref name="fact"/> holds; fails with <paramref name="what"/> when it does not in time.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> fact, CancellationToken cancellationToken) =>
        UntilAsync(what, fact, Bound, TimeSpan.FromMilliseconds(20), cancellationToken);

    /// <summary>The same with a bound of its own, looking every <paramref name="tick"/>.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> fact, TimeSpan atMost, TimeSpan tick, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(atMost);
        using var ticks = new PeriodicTimer(tick);
        try
        {
            while (!await fact())
            {
                await ticks.WaitForNextTickAsync(bound.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not within {atMost.TotalSeconds:0} s: {what}", e);
        }
    }

    /// <summary>Waits until so many orders exist and everything is done for each of them.</summary>
    public static Task AllDoneAsync(this TestShop shop, int orders, CancellationToken cancellationToken) =>
        UntilAsync($"{orders} orders, all done", async () =>
        {
            await using var db = shop.OpenDatabase();
            return await db.Orders.CountAsync(o => o.CompletedAt != null, cancellationToken) >= orders;
        }, cancellationToken);

    /// <summary>Places an order inside the shop, as the pages do.</summary>
    public static async Task<OrderNumber> PlaceAsync(this TestShop shop, CancellationToken cancellationToken, params int[] products)
    {
        var request = new OrderRequest(new Customer("Helgi Möller"), OrderRequest.CountIds(products.Length == 0 ? [2, 4, 42] : products));
        return (await shop.Services.GetRequiredService<PlaceOrder>().RunAsync(request, OrderSource.Shop, null, cancellationToken))
            .ShouldBeOfType<Placing.Accepted>().Number;
    }

    /// <summary>The neighbours' books.</summary>
    public static IReadOnlyList<BookEntry> Books(this TestShop shop) => shop.Services.GetRequiredService<NeighbourBook>().Entries();

    /// <summary>The order as it is now.</summary>
    public static async Task<OrderSnapshot> FindAsync(this TestShop shop, OrderNumber number) =>
        (await shop.Services.GetRequiredService<OrderReader>().FindAsync(number, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    /// <summary>Waits for an order to be complete and gives it.</summary>
    public static async Task<OrderSnapshot> DoneAsync(this TestShop shop, OrderNumber number, CancellationToken cancellationToken)
    {
        OrderSnapshot? order = null;
        await UntilAsync($"order {number} done", async () =>
        {
            order = await shop.Services.GetRequiredService<OrderReader>().FindAsync(number, cancellationToken);
            return order?.IsComplete == true;
        }, cancellationToken);
        return order!;
    }
}
