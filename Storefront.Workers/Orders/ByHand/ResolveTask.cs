using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;

namespace Storefront.Orders.ByHand;

/// <summary>Takes a given-up task as done because somebody saw to it: the order moves on, and the task's dead letter is put away with the reason.</summary>
public sealed class ResolveTask(OrderChanges changes, OutboxWriter outbox)
{
    /// <summary>Characters a reason may have.</summary>
    public const int MaxReason = 500;

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static string? FaultOfReason(string? reason) => StaffText.Fault(reason, MaxReason, "Say what was done instead");

    /// <param name="number">The order.</param>
    /// <param name="task">Which of its tasks.</param>
    /// <param name="reason">What was done instead.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is no reason.</exception>
    /// <inheritdoc cref="OrderChanges.RunAsync" path="/exception" />
    public Task<Handling> RunAsync(OrderNumber number, TaskName task, string reason, string by, CancellationToken cancellationToken)
    {
        if (FaultOfReason(reason) is { } fault)
        {
            throw new ArgumentException(fault, nameof(reason));
        }

        var why = reason.Trim();
        return changes.RunAsync(number, by, "order.resolve", async (db, order, now, ct) =>
        {
            if (!order.Resolve(task, why, by, now, out var step))
            {
                return (Handling.Settled, null);
            }

            await TaskLetters.TakeAsync(db, number, task, new(DeadLetterState.Discarded, by, $"Resolved by hand: {why}"), now, ct);
            if (step is { } made)
            {
                outbox.Add(db, OrderMessages.Stepped(order, made, now));
            }

            return (Handling.Done, $"{task}: {why}");
        }, cancellationToken);
    }
}
