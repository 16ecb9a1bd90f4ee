using Storefront.Messaging.Outbox;

namespace Storefront.Orders.ByHand;

/// <summary>
/// Sends the message of a task once more that waits though its turn has come. A message that comes twice does nothing the second time, so this is safe whatever
/// has become of the first. An order that was never accepted goes into the queue <c>orders</c> again.
/// </summary>
public sealed class RemindTask(OrderChanges changes, OutboxWriter outbox)
{
    /// <inheritdoc cref="OrderChanges.RunAsync" path="/exception" />
    public Task<Handling> RunAsync(OrderNumber number, TaskName task, string by, CancellationToken cancellationToken) =>
        changes.RunAsync(number, by, "order.resend", async (db, order, now, ct) =>
        {
            if (!order.Remind(task, by, now))
            {
                return (Handling.Settled, null);
            }

            if (order.Tasks.TrueForAll(t => t.State == TaskState.Waiting && t.StartedAt is null))
            {
                await OrderRow.LinesAsync(db, order, ct);
                outbox.Add(db, OrderMessages.Placed(order));
            }
            else
            {
                outbox.Add(db, OrderMessages.Reminder(order, task, now));
            }

            return (Handling.Done, task.ToString());
        }, cancellationToken);
}
