using Storefront.Languages;
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
    public static string Status(this Words words, OrderSnapshot order) => words[IsTakingLonger(order) ? "order.status.longer" : $"order.status.{order.Status.Text()}"];

    /// <summary>The same of a line in a list.</summary>
    public static string Status(this Words words, OrderSummary order) =>
        words[order.IsHeldUp && order.Status is not (OrderStatus.Shipped or OrderStatus.Cancelled) ? "order.status.longer" : $"order.status.{order.Status.Text()}"];

    public static string Headline(this Words words, OrderSnapshot order) => words[$"order.headline.{order.Status.Text()}"];

    /// <summary>What it means and what comes next.</summary>
    public static string Outlook(this Words words, OrderSnapshot order) => (order.Status, IsTakingLonger(order)) switch
    {
        (OrderStatus.Cancelled, _) => words.CancelledOutlook(order),
        (OrderStatus.Shipped, _) => words["order.outlook.shipped"],
        (_, true) => words["order.outlook.longer"],
        (OrderStatus.Placed, _) => words["order.outlook.placed"],
        (OrderStatus.Picked, _) => words["order.outlook.picked"],
        _ => words["order.outlook.packed"],
    };

    /// <summary>
    /// Within what time orders at this step are usually on their way: a sentence that stays true while the page lies open. Empty where nothing is known,
    /// where a room takes longer, and when that time is over.
    /// </summary>
    public static string Usually(this Words words, OrderSnapshot order, Forecast forecast, DateTimeOffset now)
    {
        if (IsTakingLonger(order) || forecast.From(order.Status) is not { } usual || ReachedAt(order, order.Status) is not { } since)
        {
            return "";
        }

        var (unit, key) = usual <= TimeSpan.FromMinutes(90) ? (TimeSpan.FromMinutes(1), "order.usually.minutes")
            : usual <= TimeSpan.FromHours(36) ? (TimeSpan.FromHours(1), "order.usually.hours")
            : (TimeSpan.FromDays(1), "order.usually.days");
        var count = Math.Max(1, (long)Math.Ceiling(usual / unit));
        return now - since > count * unit ? "" : words.Count(key, count);
    }

    /// <summary>What to tell somebody who only listens; null when nothing they wait for has changed.</summary>
    public static string? News(this Words words, OrderSnapshot before, OrderSnapshot now)
    {
        if (now.Status != before.Status || IsTakingLonger(now) != IsTakingLonger(before))
        {
            return $"{words.Headline(now)}. {words.Outlook(now)}";
        }

        return now.Status == OrderStatus.Cancelled && now.IsComplete && !before.IsComplete ? words.Outlook(now) : null;
    }

    /// <summary>When the order came to a step; null when it has not.</summary>
    public static DateTimeOffset? ReachedAt(OrderSnapshot order, OrderStatus step) => step == OrderStatus.Placed
        ? order.PlacedAt
        : order.History.FirstOrDefault(h => h.Kind.ToString() == step.ToString())?.At;

    /// <summary>What a department does just now, in one sentence.</summary>
    public static string Doing(this Words words, OrderSnapshot.TaskView task) => task.Action == TaskAction.Undo ? words.Undoing(task) : words[(task.State, task.Department) switch
    {
        (TaskState.Retrying, _) => "order.doing.retrying",
        (TaskState.Failed, _) => "order.doing.failed",
        (TaskState.Cancelled, _) => "order.doing.cancelled",
        (TaskState.Waiting, Department.Packing) when task.QueuedAt is null => "order.doing.waiting.packing.early",
        (TaskState.Waiting, Department.Shipping) when task.QueuedAt is null => "order.doing.waiting.shipping.early",
        (TaskState.Waiting, var room) => $"order.doing.waiting.{room.Text()}",
        (TaskState.Working, var room) => $"order.doing.working.{room.Text()}",
        (_, var room) => $"order.doing.done.{room.Text()}",
    }];
}
