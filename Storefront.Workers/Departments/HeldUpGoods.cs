using Storefront.Data;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>Says on <c>shop.events</c> that an order's goods are held up (<see cref="OrderMessages.Delayed"/>), in the commit that gave the task up.</summary>
internal static class HeldUpGoods
{
    public static void AddIfHeldUp(this OutboxWriter outbox, StoreDb db, Order order, DateTimeOffset now)
    {
        if (order.IsHeldUp)
        {
            outbox.Add(db, OrderMessages.Delayed(order, now));
        }
    }
}
