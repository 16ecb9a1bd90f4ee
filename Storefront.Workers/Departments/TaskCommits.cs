using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>The commits in a task's life: claimed; then finished, failed or given back.</summary>
public sealed partial class TaskCommits(
    StoreWrites writes, OutboxWriter outbox, DeadLetterBox letters, OrderNews news, IRelayLock processes, IOptions<MessagingOptions> messaging, TimeProvider time, ILogger<TaskCommits> log)
{
    /// <summary>Claims the task. A job comes only with <see cref="Claim.Granted"/>; everything else but <see cref="Claim.OnlyAlone"/> is dealt with.</summary>
    public async Task<(Claim Claim, Job? Job)> ClaimAsync(TaskName task, OrderNumber number, Delivery delivery, bool alone, CancellationToken cancellationToken)
    {
        string? misdirected = null;
        var claimed = await writes.InsistAsync(async (db, ct) =>
        {
            // Lines never change: they may be asked for before the order is taken, in the same journey.
            var lines = await JobLine.AskAsync(db, number, task.Department, ct);
            var order = await OrderRow.TakeAsync(db, number, ct);
            var now = time.GetUtcNow();
            if (delivery.ReplayOf is { } letter)
            {
                order?.Reopen(task, letter, now);
            }

            var claim = order?.Claim(task, now, alone);
            switch (claim)
            {
                case Claim.Granted:
                    order!.Task(task).ClaimedBy = processes.Node is > 0 and var node ? node : null;
                    news.Changed(db, order!);
                    await db.SaveChangesAsync(ct);
                    return (claim.Value, (Job?)JobOf(order!, task, await lines.RowsAsync(ct)));
                case Claim.Exhausted:
                    const string fault = "The last attempt never ended; it probably took its process along.";
                    order!.GiveUp(task, Order.MaxAttempts, fault, now);
                    letters.Add(db, delivery, fault, attempts: Order.MaxAttempts);
                    outbox.AddIfHeldUp(db, order, now);
                    news.Changed(db, order);
                    await db.SaveChangesAsync(ct);
                    return (claim.Value, null);
                case Claim.CalledOff:
                    outbox.Add(db, OrderMessages.Undo(order!, task.Department, now));
                    news.Changed(db, order!);
                    await db.SaveChangesAsync(ct);
                    return (claim.Value, null);
                default:
                    misdirected = claim is null ? $"There is no order {number}."
                        : claim == Claim.TooEarly ? $"{task.Department} was asked to work on order {number}, which is '{order!.Status.Text()}' and has to be '{Order.StartsAt(task.Department).Text()}' first."
                        : null;
                    db.Discard();
                    return (claim ?? Claim.Settled, (Job?)null);
            }
        }, log, cancellationToken);
        if (misdirected is not null)
        {
            await letters.WriteAsync(delivery, misdirected, null, cancellationToken);
        }

        return claimed;
    }

    /// <summary>Task done, local facts, order moved on, history, the next message: one short commit.</summary>
    public Task FinishAsync(Job job, WorkDone done) => ChangeAsync(job.Number, async (db, order, now, ct) =>
    {
        if (!order.Finish(job.Task, done.Reference, now, out var step))
        {
            return false;
        }

        if (IsCalledOff(order, job))
        {
            outbox.Add(db, OrderMessages.Undo(order, job.Task.Department, now));
        }

        if (done.Facts is not null)
        {
            await done.Facts(db, order, ct);
        }

        if (step is { } made)
        {
            outbox.Add(db, OrderMessages.Stepped(order, made, now));
        }

        return true;
    });

    /// <summary>Another attempt later, or a dead letter after the last.</summary>
    public Task FailAsync(Job job, Delivery delivery, Exception fault) => ChangeAsync(job.Number, (db, order, now) =>
    {
        if (IsCalledOff(order, job))
        {
            return CallOff(db, order, job, now);
        }

        if (job.Attempt >= Order.MaxAttempts)
        {
            letters.Add(db, delivery, fault.Message, fault, job.Attempt);
            var isGivenUp = order.GiveUp(job.Task, job.Attempt, fault.Message, now);
            outbox.AddIfHeldUp(db, order, now);
            return isGivenUp;
        }

        Log.Failed(log, job.Attempt, job.Task, job.Number, fault.Message);
        outbox.Add(db, RetryOf(delivery, job), messaging.Value.DelayAfter(job.Attempt));
        return order.Retry(job.Task, job.Attempt, fault.Message, now);
    });

    /// <summary>The attempt does not count: the shop is closing.</summary>
    public Task GiveBackAsync(Job job) => ChangeAsync(job.Number, (db, order, now) =>
        IsCalledOff(order, job) ? CallOff(db, order, job, now) : order.GiveBack(job.Task, job.Attempt));

    /// <summary>The order was cancelled while its work was going on.</summary>
    private static bool IsCalledOff(Order order, Job job) => order.Status == OrderStatus.Cancelled && job.Task.Action == TaskAction.Do;

    private bool CallOff(StoreDb db, Order order, Job job, DateTimeOffset now)
    {
        outbox.Add(db, OrderMessages.Undo(order, job.Task.Department, now));
        return order.CallOff(job.Task, job.Attempt, now);
    }

    private Task<bool> ChangeAsync(OrderNumber number, Func<StoreDb, Order, DateTimeOffset, bool> change) =>
        ChangeAsync(number, (db, order, now, _) => Task.FromResult(change(db, order, now)));

    /// <summary>One change of the order; rolled back when <paramref name="change"/> says that there is none.</summary>
    private Task<bool> ChangeAsync(OrderNumber number, Func<StoreDb, Order, DateTimeOffset, CancellationToken, Task<bool>> change) => writes.InsistAsync(async (db, ct) =>
    {
        var order = await OrderRow.TakeAsync(db, number, ct);
        if (order is null || !await change(db, order, time.GetUtcNow(), ct))
        {
            db.Discard();
            return false;
        }

        news.Changed(db, order);
        await db.SaveChangesAsync(ct);
        return true;
    }, log, CancellationToken.None);

    /// <summary>The same message again, later, to this department's queue only.</summary>
    private static OutgoingMessage RetryOf(Delivery delivery, Job job) => new()
    {
        Exchange = "",
        RoutingKey = Topology.QueueOf(job.Task.Department.Text()),
        MessageId = OrderMessages.RetryId(job.Number, job.Task, job.Attempt),
        Type = delivery.Type ?? "order.task.v1",
        CorrelationId = job.Number.ToString(),
        Body = delivery.Body,
        Mandatory = true,
        TraceParent = delivery.TraceParent ?? OutgoingMessage.NewTrace(),
        ReplayOf = delivery.ReplayOf,
    };

    /// <summary>The order as a department gets it.</summary>
    internal static Job JobOf(Order order, TaskName task, IReadOnlyList<JobLine> lines) => new(
        order.Number, task, order.Task(task).Attempts, order.Customer, order.PriceMinor, order.Currency, order.PlacedAt, order.Source, order.SourceReference, lines);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Task} on order {Number} failed: {Reason}")]
        public static partial void Failed(ILogger log, int attempt, TaskName task, OrderNumber number, string reason);
    }
}
