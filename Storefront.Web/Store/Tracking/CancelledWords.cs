using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>A cancelled order in the customer's words.</summary>
public static class CancelledWords
{
    /// <summary>What it means, and how far the taking back has come.</summary>
    public static string CancelledOutlook(this Words words, OrderSnapshot order) => words[Undoing(order) switch
    {
        [] when order.IsComplete => "order.outlook.cancelled.unbegun",
        _ when order.IsComplete => "order.outlook.cancelled.done",
        var rooms when rooms.Any(t => t.State is TaskState.Retrying or TaskState.Failed) => "order.outlook.cancelled.longer",
        _ => "order.outlook.cancelled",
    }];

    /// <summary>The compensations, in the order in which the goods pass the rooms.</summary>
    public static IReadOnlyList<OrderSnapshot.TaskView> Undoing(OrderSnapshot order) => [.. order.Tasks.Where(t => t.Action == TaskAction.Undo)];

    /// <summary>What a department does just now to take its work back, in one sentence.</summary>
    public static string Undoing(this Words words, OrderSnapshot.TaskView task) => words[(task.State, RoomThatUndoes(task)) switch
    {
        (TaskState.Retrying, _) => "order.doing.retrying",
        (TaskState.Failed, _) => "order.doing.failed",
        (TaskState.Waiting, var room) when task.QueuedAt is null => $"order.undo.waiting.{room}.early",
        (TaskState.Waiting, var room) => $"order.undo.waiting.{room}",
        (TaskState.Working, var room) => $"order.undo.working.{room}",
        (_, var room) => $"order.undo.done.{room}",
    }];

    // Cancelling ends where packing begins, so only the rooms before it have anything to undo.
    private static string RoomThatUndoes(OrderSnapshot.TaskView task) =>
        (task.Department is Department.Sales or Department.Marketing ? task.Department : Department.Warehouse).Text();
}
