using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Orders.ByHand;

/// <summary>The dead letters that a given-up task has left.</summary>
internal static class TaskLetters
{
    /// <summary>Decides about those that still wait; the ids, the newest first.</summary>
    public static Task<IReadOnlyList<long>> TakeAsync(StoreDb db, OrderNumber number, TaskName task, LetterDecision decision, DateTimeOffset now, CancellationToken cancellationToken) =>
        LettersAbout.TakeAsync(db, number.ToString(), Topology.QueueOf(task.Department.Text()),
            type => type == OrderMessages.CancelledType == (task.Action == TaskAction.Undo), decision, now, cancellationToken);
}
