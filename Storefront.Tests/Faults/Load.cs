using System.Collections.Concurrent;
using Storefront.Orders;

namespace Storefront.Tests.Faults;

/// <summary>Customers who go on ordering at a steady pace, some twenty orders a second, until a test has seen enough.</summary>
internal sealed class Load
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<OrderNumber> _accepted = new();
    private readonly Task _customers;
    private volatile bool _enough;

    private Load(TestShop shop) => _customers = Task.WhenAll(OrderAsync(shop), OrderAsync(shop));

    public static Load On(TestShop shop) => new(shop);

    /// <summary>Waits until so many more orders have been accepted.</summary>
    public Task MoreAsync(int more, CancellationToken cancellationToken)
    {
        var goal = _accepted.Count + more;
        return Watching.UntilAsync($"{more} more orders accepted", () => Task.FromResult(_customers.IsFaulted || _accepted.Count >= goal), cancellationToken);
    }

    /// <summary>The customers go home; the orders they were promised. Throws when one was turned away.</summary>
    public async Task<OrderNumber[]> EndAsync()
    {
        _enough = true;
        await _customers;
        return [.. _accepted];
    }

    private async Task OrderAsync(TestShop shop)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_enough)
        {
            _accepted.Enqueue(await shop.PlaceAsync(CancellationToken.None));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
