using Storefront.Data;

namespace Storefront.Orders;

/// <summary>A hint that an order has a newer version. The database is the truth.</summary>
public readonly record struct OrderChanged(OrderNumber Number, long Version);

/// <summary>
/// Who wants to know that orders changed. Handlers are called after the commit, on the writer's thread: they must only note the hint and return.
/// </summary>
public sealed class OrderNews
{
    private readonly Listeners<OrderChanged> _listeners = new();

    /// <summary>Called for every change that this process committed, to tell other processes; must return at once.</summary>
    public Action<OrderChanged>? OnCommitted { get; set; }

    /// <summary>Announces the order's change once the unit of work has been committed.</summary>
    public void Changed(StoreDb db, Order order)
    {
        var change = new OrderChanged(order.Number, order.Version);
        db.AfterCommit(() =>
        {
            Publish(change);
            OnCommitted?.Invoke(change);
        });
    }

    /// <summary>Passes a hint on to every listener of this process.</summary>
    public void Publish(OrderChanged change) => _listeners.Tell(change);

    /// <summary>Listens until the returned subscription is disposed.</summary>
    public IDisposable Listen(Action<OrderChanged> listener) => _listeners.Add(listener);
}
