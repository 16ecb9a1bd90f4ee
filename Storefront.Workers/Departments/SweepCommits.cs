using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>Sets orders going that have stopped moving, or flags them after several times in vain; each in one commit.</summary>
public sealed class SweepCommits(StoreWrites writes, OutboxWriter outbox, DeadLetterBox letters, OrderNews news, TimeProvider time, ILogger<SweepCommits> log)
{
    /// <summary>After so many times in vain, somebody has to look.</summary>
    private const int MaxSweeps = 3;

    /// <summary>Asks for the tasks again: an order that was never accepted goes into the queue <c>orders</c> once more, others straight to their departments.</summary>
    /// <param name="number">The order.</param>
    /// <param name="asked">Its tasks that stand still.</param>
    /// <param name="after">How long they must have stood still; longer with every time in vain.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False: it has moved meanwhile, or it is too early for the next time.</returns>
    public Task<bool> SetGoingAsync(OrderNumber number, IReadOnlyList<TaskName> asked, TimeSpan after, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        var now = time.GetUtcNow();
        var order = await OrderRow.TakeAsync(db, number, ct);
        var still = order?.Tasks.Where(t => asked.Contains(t.Name) && t.State is TaskState.Waiting or TaskState.Working or TaskState.Retrying && t.MovedAt + (after * (t.Sweeps + 1)) < now).ToList() ?? [];
        if (still.Count == 0)
        {
            db.Discard();
            return false;
        }

        foreach (var task in still.Where(t => t.Sweeps >= MaxSweeps))
        {
            Flag(db, order!, task, now);
        }

        still.RemoveAll(t => t.State == TaskState.Failed);
        if (still.Count > 0)
        {
            order!.SetGoing(still.Select(t => t.Name), now);
            if (order.Tasks.TrueForAll(t => t.State == TaskState.Waiting && t.StartedAt is null))
            {
                await OrderRow.LinesAsync(db, order, ct);
                outbox.Add(db, OrderMessages.Placed(order));
            }
            else
            {
                still.ForEach(t => outbox.Add(db, OrderMessages.Reminder(order, t.Name, now)));
            }
        }

        news.Changed(db, order!);
        await db.SaveChangesAsync(ct);
        return true;
    }, log, cancellationToken);

    /// <summary>Visibly dead: with a letter whose replay asks for the task once more.</summary>
    private void Flag(StoreDb db, Order order, OrderTask task, DateTimeOffset now)
    {
        var fault = $"It has stood still since {task.MovedAt:u}; asking for it {MaxSweeps} times did not help.";
        var reminder = OrderMessages.Reminder(order, task.Name, now);
        order.Flag(task.Name, fault, now);
        outbox.AddIfHeldUp(db, order, now);
        letters.Add(db, new Delivery(reminder.RoutingKey, reminder.MessageId, reminder.Type, reminder.CorrelationId, Topology.AppId, reminder.TraceParent,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["traceparent"] = reminder.TraceParent }, reminder.Body.ToArray()), fault, attempts: task.Attempts);
    }
}
