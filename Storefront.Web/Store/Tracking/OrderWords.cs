using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>An order in the customer's words. Staff see the technical terms as well; customers never do.</summary>
public static class OrderWords
{
    /// <summary>The goods wait for a room that did not manage at once. A room that does not hold up the goods is no reason to worry anybody.</summary>
    public static bool IsTakingLonger(OrderSnapshot order) =>
        order.Status is not (OrderStatus.Shipped or OrderStatus.Cancelled)
        && order.Tasks.Any(t => t.Department is Department.Warehouse or Department.Packing or Department.Shipping && t.State is TaskState.Retrying or TaskState.Failed);

    /// <summary>The status as one word or two.</summary>
    public static string Name(OrderSnapshot order) => IsTakingLonger(order) ? "Taking longer" : order.Status.ToString();

    public static string Headline(OrderSnapshot order) => order.Status switch
    {
        OrderStatus.Placed => "Your order is placed",
        OrderStatus.Picked => "Your goods are picked",
        OrderStatus.Packed => "Your parcel is packed",
        OrderStatus.Shipped => "Your parcel is on its way",
        _ => "This order is cancelled",
    };

    /// <summary>What it means and what comes next.</summary>
    public static string Outlook(OrderSnapshot order) => (order.Status, IsTakingLonger(order)) switch
    {
        (OrderStatus.Cancelled, _) => CancelledWords.Outlook(order),
        (OrderStatus.Shipped, _) => "It has left our burrow. Listen for hopping.",
        (_, true) => "One room takes longer than usual. We keep at it; there is nothing you need to do.",
        (OrderStatus.Placed, _) => "The number above is yours. Next, the Root Cellar fetches your goods.",
        (OrderStatus.Picked, _) => "Everything is off the shelves. Next, the Wrapping Table makes a parcel of it.",
        _ => "Wrapped and tied. Next, the Hop Post takes it to the lane.",
    };

    /// <summary>What to tell somebody who only listens; null when nothing they wait for has changed.</summary>
    public static string? News(OrderSnapshot before, OrderSnapshot now)
    {
        if (now.Status != before.Status || (IsTakingLonger(now) && !IsTakingLonger(before)))
        {
            return $"{Headline(now)}. {Outlook(now)}";
        }

        return now.Status == OrderStatus.Cancelled && now.IsComplete && !before.IsComplete ? Outlook(now) : null;
    }

    /// <summary>An entry of the history. That of a cancelled order does not end with everything done.</summary>
    public static string Happened(OrderSnapshot order, OrderSnapshot.Happening entry) =>
        order.Status == OrderStatus.Cancelled && entry.Kind == HistoryKind.Completed ? "Nothing is left to take back" : entry.Text;

    /// <summary>When the order came to a step; null when it has not.</summary>
    public static DateTimeOffset? ReachedAt(OrderSnapshot order, OrderStatus step) => step == OrderStatus.Placed
        ? order.PlacedAt
        : order.History.FirstOrDefault(h => h.Kind.ToString() == step.ToString())?.At;

    /// <summary>What a department does just now, in one sentence.</summary>
    public static string Doing(OrderSnapshot.TaskView task) => task.Action == TaskAction.Undo ? CancelledWords.Doing(task) : (task.State, task.Department) switch
    {
        (TaskState.Retrying, _) => "Takes longer than usual. It tries again by itself; there is nothing you need to do.",
        (TaskState.Failed, _) => "Takes longer than usual. Somebody is looking at it in person; there is nothing you need to do.",
        (TaskState.Cancelled, _) => "Has nothing more to do.",
        (TaskState.Waiting, Department.Sales) => "Your order lies on the desk, next in line.",
        (TaskState.Waiting, Department.Marketing) => "Has not heard of it yet.",
        (TaskState.Waiting, Department.Warehouse) => "Sharpens the pencil for your pick list.",
        (TaskState.Waiting, Department.Packing) => task.QueuedAt is null ? "Waits for your goods from the cellar." : "Your goods are on the table.",
        (TaskState.Waiting, Department.Shipping) => task.QueuedAt is null ? "Waits for your parcel." : "Your parcel is on the counter.",
        (TaskState.Working, Department.Sales) => "Writes your order into the big book.",
        (TaskState.Working, Department.Marketing) => "Counts what was ordered, never by whom.",
        (TaskState.Working, Department.Warehouse) => "Prints the pick list and walks the shelves.",
        (TaskState.Working, Department.Packing) => "Wraps, pads and ties the knot.",
        (TaskState.Working, Department.Shipping) => "Picks the fastest legs in the lane.",
        (_, Department.Sales) => "Your order is in the book, in ink.",
        (_, Department.Marketing) => "Counted, and told no names.",
        (_, Department.Warehouse) => "Everything is off the shelves and in the trug.",
        (_, Department.Packing) => "Wrapped and tied. The knot can be undone.",
        _ => "Handed over. It hops towards you.",
    };
}
