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
    GroupedChanges changes, OutboxWriter outbox, DeadLetterBox letters, IRelayLock processes, IOptions<MessagingOptions> messaging, TimeProvider time, ILogger<TaskCommits> log)
{
    /// <summary>Claims the task. A job comes only with <see cref="Claim.Granted"/>; everything else but <see cref="Claim.OnlyAlone"/> is dealt with.</summary>
    public async Task<(Claim Claim, Job? Job)> ClaimAsync(TaskName task, OrderNumber number, Delivery delivery, bool alone, CancellationToken cancellationToken)
    {
        var (claim, job, misdirected) = await changes.RunAsync<(Claim, Job?, string?)>(number, async (db, ct) =>
        {
            // Lines never change: they may be asked for before the order is taken, in the same journey.
            var lines = await JobLine.AskAsync(db, number, task.Department, ct);
            return async (order, ct) =>
            {
                if (order is null)
                {
                    return (false, (Claim.Settled, null, $"There is no order {number}."));
                }

                var (isChange, claim) = Claimed(db, order, task, delivery, alone);
                return (isChange, (claim, claim == Claim.Granted ? JobOf(order, task, await lines.RowsAsync(ct)) : null, claim == Claim.TooEarly ? Early(order, task) : null));
            };
        }, cancellationToken);
        if (misdirected is not null)
        {
            await letters.WriteAsync(delivery, misdirected, null, cancellationToken);
        }

        return (claim, job);
    }

    private (bool IsChange, Claim Claim) Claimed(StoreDb db, Order order, TaskName task, Delivery delivery, bool alone)
    {
        var now = time.GetUtcNow();
        var isReopened = delivery.ReplayOf is { } letter && order.Reopen(task, letter, now);
        var claim = order.Claim(task, now, alone);
        switch (claim)
        {
            case Claim.Granted:
                order.Task(task).ClaimedBy = processes.Node is > 0 and var node ? node : null;
                break;
            case Claim.Exhausted:
                const string fault = "The last attempt never ended; it probably took its process along.";
                order.GiveUp(task, Order.MaxAttempts, fault, now);
                letters.Add(db, delivery, fault, attempts: Order.MaxAttempts);
                outbox.AddIfHeldUp(db, order, now);
                break;
            case Claim.CalledOff:
                outbox.Add(db, OrderMessages.Undo(order, task.Department, now));
                break;
        }

        return (isReopened || claim is Claim.Granted or Claim.Exhausted or Claim.CalledOff, claim);
    }

    private static string Early(Order order, TaskName task) =>
        $"{task.Department} was asked to work on order {order.Number}, which is '{order.Status.Text()}' and has to be '{Order.StartsAt(task.Department).Text()}' first.";

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
            if (!order.GiveUp(job.Task, job.Attempt, fault.Message, now))
            {
                return false;
            }

            letters.Add(db, delivery, fault.Message, fault, job.Attempt);
            outbox.AddIfHeldUp(db, order, now);
            return true;
        }

        Log.Failed(log, job.Attempt, job.Task, job.Number, fault.Message);
        if (!order.Retry(job.Task, job.Attempt, fault.Message, now))
        {
            return false;
        }

        outbox.Add(db, RetryOf(delivery, job), messaging.Value.DelayAfter(job.Attempt));
        return true;
    });

    /// <summary>The attempt does not count: the shop is closing.</summary>
    public Task GiveBackAsync(Job job) => ChangeAsync(job.Number, (db, order, now) =>
        IsCalledOff(order, job) ? CallOff(db, order, job, now) : order.GiveBack(job.Task, job.Attempt));

    /// <summary>The order was cancelled while its work was going on.</summary>
    private static bool IsCalledOff(Order order, Job job) => order.Status == OrderStatus.Cancelled && job.Task.Action == TaskAction.Do;

    private bool CallOff(StoreDb db, Order order, Job job, DateTimeOffset now)
    {
        if (!order.CallOff(job.Task, job.Attempt, now))
        {
            return false;
        }

        outbox.Add(db, OrderMessages.Undo(order, job.Task.Department, now));
        return true;
    }

    private Task<bool> ChangeAsync(OrderNumber number, Func<StoreDb, Order, DateTimeOffset, bool> change) =>
        ChangeAsync(number, (db, order, now, _) => Task.FromResult(change(db, order, now)));

    /// <summary>One change of the order; nothing is written when <paramref name="change"/> says that there is none.</summary>
    private Task<bool> ChangeAsync(OrderNumber number, Func<StoreDb, Order, DateTimeOffset, CancellationToken, Task<bool>> change) =>
        changes.RunAsync<bool>(number, (db, _) => Task.FromResult<MakeChange<bool>>(async (order, ct) =>
        {
            var isChange = order is not null && await change(db, order, time.GetUtcNow(), ct);
            return (isChange, isChange);
        }), CancellationToken.None);

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
