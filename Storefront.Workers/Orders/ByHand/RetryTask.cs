using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;

namespace Storefront.Orders.ByHand;

/// <summary>
/// Has a task tried again now: one that waits for its next attempt gets that at once, and one that was given up gets all its attempts again, by the replay of its
/// dead letter. The letter is taken in the same commit, so that nobody else replays it.
/// </summary>
public sealed class RetryTask(OrderChanges changes, OutboxWriter outbox, OutboxTray tray)
{
    /// <summary>One task.</summary>
    /// <inheritdoc cref="OrderChanges.RunAsync" path="/exception" />
    public Task<Handling> RunAsync(OrderNumber number, TaskName task, string by, CancellationToken cancellationToken) =>
        RunAsync(number, t => t.Name == task, by, cancellationToken);

    /// <summary>Every task of the order that was given up.</summary>
    /// <inheritdoc cref="OrderChanges.RunAsync" path="/exception" />
    public Task<Handling> RunFailedAsync(OrderNumber number, string by, CancellationToken cancellationToken) =>
        RunAsync(number, t => t.State == TaskState.Failed, by, cancellationToken);

    private Task<Handling> RunAsync(OrderNumber number, Func<OrderTask, bool> isMeant, string by, CancellationToken cancellationToken) =>
        changes.RunAsync(number, by, "order.retry", async (db, order, now, ct) =>
        {
            var (done, onItsWay) = (new List<TaskName>(), false);
            foreach (var task in order.Tasks.Where(isMeant).OrderBy(t => t.Department).ToList())
            {
                var outcome = task.State switch
                {
                    TaskState.Failed => await TakeUpAsync(db, order, task.Name, by, now, ct),
                    TaskState.Retrying => await HastenAsync(db, order, task, by, now, ct),
                    _ => Handling.Settled,
                };
                onItsWay |= outcome == Handling.OnItsWay;
                if (outcome == Handling.Done)
                {
                    done.Add(task.Name);
                }
            }

            return (done.Count > 0 ? Handling.Done : onItsWay ? Handling.OnItsWay : Handling.Settled, string.Join(", ", done));
        }, cancellationToken);

    private async Task<Handling> TakeUpAsync(StoreDb db, Order order, TaskName task, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var letters = await TaskLetters.TakeAsync(db, order.Number, task, new(DeadLetterState.Replayed, by, null), now, cancellationToken);
        order.TakeUp(task, letters.Count > 0 ? letters[0] : null, by, now);
        // Without a letter somebody has put that away, and left the task.
        outbox.Add(db, letters.Count > 0
            ? Replay.Of(await db.DeadLetters.AsNoTracking().SingleAsync(l => l.Id == letters[0], cancellationToken))
            : OrderMessages.Reminder(order, task, now));
        return Handling.Done;
    }

    private async Task<Handling> HastenAsync(StoreDb db, Order order, OrderTask task, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await OutboxTable.HastenAsync(db, OrderMessages.RetryId(order.Number, task.Name, task.Attempts), now, cancellationToken))
        {
            return Handling.OnItsWay;
        }

        order.Hasten(task.Name, by, now);
        db.AfterCommit(() => tray.Announce(now));
        return Handling.Done;
    }
}
