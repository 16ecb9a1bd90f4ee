using Storefront.Languages;
using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>What happened to an order, in the customer's words; the API has its English wording (<see cref="HistoryText"/>).</summary>
public static class HistoryWords
{
    /// <summary>An entry of the history. That of a cancelled order does not end with everything done.</summary>
    public static string Happened(this Words words, OrderSnapshot order, OrderSnapshot.Happening entry) => (entry.Kind, entry.Data?.Department) switch
    {
        (HistoryKind.Placed, _) => words["history.placed"],
        (HistoryKind.Adopted, _) => words["history.adopted"],
        (HistoryKind.Done, { } department) => words[$"history.done.{department.Text()}"],
        (HistoryKind.Picked, _) => words["history.picked"],
        (HistoryKind.Packed, _) => words["history.packed"],
        (HistoryKind.Shipped, _) => words["history.shipped"],
        (HistoryKind.Retrying, { } department) => words.Say("history.retrying", ("room", words.Plain(department)), ("attempt", entry.Data!.Attempt)),
        (HistoryKind.Failed, { } department) => words.Say("history.failed", ("room", words.Plain(department))),
        (HistoryKind.Completed, _) => words[order.Status == OrderStatus.Cancelled ? "history.completed.cancelled" : "history.completed"],
        (HistoryKind.Cancelled, _) => words[entry.Data?.By == HistoryData.Customer ? "history.cancelled.customer" : "history.cancelled.shop"],
        (HistoryKind.Undone, Department.Sales or Department.Marketing or Department.Warehouse) => words[$"history.undone.{entry.Data!.Department!.Value.Text()}"],
        (HistoryKind.Replayed, { } department) => words.Say("history.replayed", ("room", words.Plain(department))),
        (HistoryKind.Resolved, { } department) => words.Say("history.resolved", ("room", words.Plain(department))),
        (HistoryKind.Reminded, { } department) => words.Say("history.reminded", ("room", words.Plain(department))),
        (HistoryKind.SetGoing, _) => words["history.set-going"],
        _ => entry.Text,
    };

    // It begins a sentence here.
    private static string Plain(this Words words, Department department) => words[$"rooms.{department.Text()}.plain"] is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";
}
