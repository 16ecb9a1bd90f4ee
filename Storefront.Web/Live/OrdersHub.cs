using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Storefront.Orders;

namespace Storefront.Web.Live;

/// <summary>Order news for clients other than our own pages; <c>/hubs/orders</c>.</summary>
public sealed class OrdersHub(OrderFollower follower) : Hub
{
    /// <summary>Streams one connection may have open at a time.</summary>
    public const int MaxStreams = 50;

    private const string StreamCount = "streams";

    /// <summary>Begins with the order as it is, goes on with a newer snapshot after every change, ends after the one with <c>completed_at</c>.</summary>
    /// <exception cref="HubException">"no such order", or too many streams on this connection.</exception>
    public async IAsyncEnumerable<OrderSnapshot> Follow(string orderNum, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!OrderNumber.TryParse(orderNum, out var number))
        {
            throw new HubException("no such order");
        }

        var open = (StreamCounter)Context.Items.GetOrAdd(StreamCount, static () => new StreamCounter());
        if (!open.TryEnter())
        {
            throw new HubException($"at most {MaxStreams} orders can be followed on one connection");
        }

        try
        {
            await using var snapshots = follower.FollowAsync(number, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(snapshots))
            {
                yield return snapshots.Current;
            }
        }
        finally
        {
            open.Leave();
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<OrderSnapshot> snapshots)
    {
        try
        {
            return await snapshots.MoveNextAsync();
        }
        catch (NoSuchOrderException e)
        {
            throw new HubException("no such order", e);
        }
    }

    private sealed class StreamCounter
    {
        private int _open;

        public bool TryEnter()
        {
            if (Interlocked.Increment(ref _open) <= MaxStreams)
            {
                return true;
            }

            Leave();
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _open);
    }
}

/// <summary>A dictionary of things that belong to a connection.</summary>
file static class ConnectionItems
{
    public static object GetOrAdd(this IDictionary<object, object?> items, object key, Func<object> make)
    {
        lock (items)
        {
            return items.TryGetValue(key, out var found) && found is not null ? found : items[key] = make();
        }
    }
}
