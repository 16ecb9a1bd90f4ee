namespace Storefront.Orders;

/// <summary>
/// The unfinished orders that a database's only writer has written last, as they lie in it: taken once more (an order is, ten times), one comes from here
/// instead of from its rows. Used by that writer's thread alone; it forgets everything when somebody else has written after all.
/// </summary>
internal sealed class OrdersAtHand
{
    /// <summary>Orders in one generation; there are two, so that those that move stay and those that do not go.</summary>
    internal const int Generation = 1024;

    /// <summary>An order with more lines leaves them in the database.</summary>
    internal const int MostLines = 20;

    private readonly List<Order> _written = [];
    private Dictionary<OrderNumber, Order> _young = [];
    private Dictionary<OrderNumber, Order> _old = [];
    private long _seen;

    /// <summary>Hands the order over for a change: it comes back when it has been written. Null: it has to be read.</summary>
    public Order? Take(OrderNumber number) => _young.Remove(number, out var order) || _old.Remove(number, out order) ? order : null;

    /// <summary>The goods of an order that is at hand, if they are, too.</summary>
    public IReadOnlyList<OrderLine>? LinesOf(OrderNumber number) =>
        (_young.GetValueOrDefault(number) ?? _old.GetValueOrDefault(number)) is { Lines: { Count: > 0 } lines } ? lines : null;

    /// <summary>The order has been written; whether that stands, its unit of work has yet to say.</summary>
    public void Written(Order order) => _written.Add(order);

    /// <summary>What the unit of work has written stands, unless its commit fails.</summary>
    public void Stands()
    {
        foreach (var order in _written.Where(o => o.CompletedAt is null))
        {
            order.LeaveHistory(MostLines);
            _young[order.Number] = order;
        }

        _written.Clear();
        if (_young.Count >= Generation)
        {
            (_old, _young) = (_young, []);
        }
    }

    /// <summary>Nothing of what the unit of work has written remains.</summary>
    public void Falls() => _written.Clear();

    /// <summary>The database is at this state, which stays the same as long as nobody else writes.</summary>
    public void See(long state)
    {
        if (state != _seen)
        {
            Forget();
            _seen = state;
        }
    }

    /// <summary>All orders have to be read again.</summary>
    public void Forget()
    {
        _young.Clear();
        _old.Clear();
        _written.Clear();
    }
}
