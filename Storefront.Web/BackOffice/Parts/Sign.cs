using MudBlazor;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>How a state looks: a word, an icon and a tone, so that colour never stands alone.</summary>
public sealed record Sign(string Word, string Icon, string Tone)
{
    /// <summary>An order with a task that has no attempt left.</summary>
    public static Sign Attention { get; } = new("Needs attention", Icons.Material.Rounded.PriorityHigh, "berry");

    public static Sign Of(OrderStatus status) => status switch
    {
        OrderStatus.Placed => new("Placed", Icons.Material.Rounded.ReceiptLong, "sky"),
        OrderStatus.Picked => new("Picked", Icons.Material.Rounded.ShoppingBasket, "honey"),
        OrderStatus.Packed => new("Packed", Icons.Material.Rounded.Inventory2, "honey"),
        OrderStatus.Shipped => new("Shipped", Icons.Material.Rounded.LocalShipping, "leaf"),
        OrderStatus.Cancelled => new("Cancelled", Icons.Material.Rounded.Block, "plain"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <param name="state">Where the task stands.</param>
    /// <param name="queuedAt">When its turn came; a task without stands behind another department.</param>
    /// <param name="action">The work, or the undoing of it.</param>
    public static Sign Of(TaskState state, DateTimeOffset? queuedAt, TaskAction action = TaskAction.Do) => state switch
    {
        TaskState.Waiting when queuedAt is null => new("Not yet", Icons.Material.Rounded.MoreHoriz, "plain"),
        TaskState.Waiting => new("Waiting", Icons.Material.Rounded.HourglassEmpty, "sky"),
        TaskState.Working => new("Working", Icons.Material.Rounded.PlayArrow, "honey"),
        TaskState.Retrying => new("Retrying", Icons.Material.Rounded.Replay, "honey"),
        TaskState.Done when action == TaskAction.Undo => new("Undone", Icons.Material.Rounded.Undo, "leaf"),
        TaskState.Done => new("Done", Icons.Material.Rounded.Check, "leaf"),
        TaskState.Failed => new("Failed", Icons.Material.Rounded.PriorityHigh, "berry"),
        TaskState.Cancelled => new("Cancelled", Icons.Material.Rounded.Block, "plain"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Sign Of(DeadLetterState state) => state switch
    {
        DeadLetterState.Waiting => new("Waiting", Icons.Material.Rounded.HourglassEmpty, "berry"),
        DeadLetterState.Replayed => new("Replayed", Icons.Material.Rounded.Replay, "leaf"),
        DeadLetterState.Discarded => new("Discarded", Icons.Material.Rounded.DeleteOutline, "plain"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
