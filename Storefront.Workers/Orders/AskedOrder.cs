using Storefront.Data;

namespace Storefront.Orders;

/// <summary>An order that was asked for to be changed (<see cref="OrderRow.AskAsync"/>) and may still be on its way.</summary>
internal sealed class AskedOrder(StoreDb db, Asked<Order> asked, Asked<OrderTask> tasks, bool isRaised)
{
    private Order? _order;
    private OrderMemo? _before;

    /// <summary>The order with its tasks; null when there is none.</summary>
    public async Task<Order?> TakeAsync(CancellationToken cancellationToken)
    {
        if (await asked.RowsAsync(cancellationToken) is [var order])
        {
            order.Tasks.AddRange(await tasks.RowsAsync(cancellationToken));
            (_order, _before) = (order, OrderMemo.Of(order));
            if (!isRaised)
            {
                order.Taken();
            }
        }

        return _order;
    }

    /// <summary>It is changed: saving the unit of work writes what differs.</summary>
    public void SaveLater()
    {
        if (_order is not null)
        {
            _before!.SaveLater(db, _order);
        }
    }
}
