using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>A cancelled order, and the end of cancelling, in the customer's words.</summary>
public static class CancelledWords
{
    /// <summary>Why an order cannot be cancelled; true from the moment packing begins.</summary>
    public const string TooLate = "The Wrapping Table has begun, so this order cannot be stopped any more.";

    /// <summary>What it means, and how far the taking back has come.</summary>
    public static string Outlook(OrderSnapshot order) => Undoing(order) switch
    {
        [] when order.IsComplete => "Nothing will be sent. No room had begun, so there is nothing to take back.",
        _ when order.IsComplete => "Nothing will be sent, and every room has taken back what it had begun.",
        var rooms when rooms.Any(t => t.State is TaskState.Retrying or TaskState.Failed) =>
            "Nothing will be sent. One room takes longer than usual to take back what it had begun. We keep at it; there is nothing you need to do.",
        _ => "Nothing will be sent. The rooms take back what they had begun.",
    };

    /// <summary>The compensations, in the order in which the goods pass the rooms.</summary>
    public static IReadOnlyList<OrderSnapshot.TaskView> Undoing(OrderSnapshot order) => [.. order.Tasks.Where(t => t.Action == TaskAction.Undo)];

    /// <summary>What a department does just now to take its work back, in one sentence.</summary>
    public static string Doing(OrderSnapshot.TaskView task) => (task.State, task.Department) switch
    {
        (TaskState.Retrying, _) => "Takes longer than usual. It tries again by itself; there is nothing you need to do.",
        (TaskState.Failed, _) => "Takes longer than usual. Somebody is looking at it in person; there is nothing you need to do.",
        (TaskState.Waiting, Department.Sales) when task.QueuedAt is null => "Is still writing. As soon as the ink is dry, it strikes the order out.",
        (TaskState.Waiting, Department.Marketing) when task.QueuedAt is null => "Is still counting. As soon as it has, it takes the order out again.",
        (TaskState.Waiting, _) when task.QueuedAt is null => "Is still printing. As soon as the list is out, it takes it back.",
        (TaskState.Waiting, Department.Sales) => "Looks the order up in the big book.",
        (TaskState.Waiting, Department.Marketing) => "Has not heard of it yet.",
        (TaskState.Waiting, _) => "Goes and looks for the pick list.",
        (TaskState.Working, Department.Sales) => "Strikes the order out of the big book.",
        (TaskState.Working, Department.Marketing) => "Takes the order out of its counts.",
        (TaskState.Working, _) => "Takes the pick list back from the printer.",
        (_, Department.Sales) => "The order is struck out of the book, with a ruler.",
        (_, Department.Marketing) => "Uncounted, as if it had never been told.",
        _ => "The pick list is withdrawn. Nobody walks the shelves for it.",
    };
}
