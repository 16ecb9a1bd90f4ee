using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.DeadLetters;

/// <summary>What a letter's order has come to, in a sentence; and whether there is anything left that a replay could do.</summary>
public sealed record LetterOutcome(Sign Sign, string Text, OrderNumber? Order = null);

/// <summary>
/// Tells what became of the work a letter asks for. The letter itself cannot know: its replay is a message like any other, and whether that had anything to do,
/// only the order's row says.
/// </summary>
public sealed class LetterOutcomes(IDbContextFactory<StoreDb> contexts)
{
    private const string NothingToDo = "Nothing to do";

    /// <summary>Null where nothing can be told: of letters that are about no order, or not for a department.</summary>
    public async Task<LetterOutcome?> FindAsync(OpenedLetter letter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (letter is { Queue: Topology.Orders, Exchange: "" })
        {
            var source = letter.MessageId ?? $"replay:{letter.Id}";
            return await db.Orders.Where(o => o.SourceMessageId == source).Select(o => new { o.Number }).FirstOrDefaultAsync(cancellationToken) is { } adopted
                ? new(Sign.Of(TaskState.Done, null), "The other system's order was taken over.", adopted.Number) : null;
        }

        if (letter.Exchange.Length > 0 || Rooms.All.FirstOrDefault(r => Topology.QueueOf(r.Plain) == letter.Queue) is not { } room || !OrderNumber.TryParse(letter.CorrelationId, out var number))
        {
            return null;
        }

        var action = letter.Type == OrderMessages.CancelledType ? TaskAction.Undo : TaskAction.Do;
        if (await db.Orders.Where(o => o.Number == number).Select(o => new { o.Id, o.Status }).FirstOrDefaultAsync(cancellationToken) is not { } order)
        {
            return new(Nothing, $"There is no order {number}: a replay changes nothing.");
        }

        var task = await db.OrderTasks.Where(t => EF.Property<long>(t, "OrderId") == order.Id && t.Department == room.Department && t.Action == action)
            .Select(t => new Work(t.State, t.QueuedAt, t.ReplayedLetter)).FirstOrDefaultAsync(cancellationToken);
        return Of(letter, room, action, order.Status, task) with { Order = number };
    }

    private static Sign Nothing => Sign.Of(TaskState.Cancelled, null) with { Word = NothingToDo };

    private static LetterOutcome Of(OpenedLetter letter, Room room, TaskAction action, OrderStatus status, Work? task) => (letter.State, task?.State) switch
    {
        (DeadLetterState.Waiting, null or TaskState.Cancelled) => new(Nothing, status == OrderStatus.Cancelled
            ? "The order was cancelled: nothing is left to do. A replay changes nothing; put the letter away." : "Nobody waits for it any more: a replay changes nothing; put the letter away."),
        (DeadLetterState.Waiting, TaskState.Done) => new(Nothing, $"The {room.Name} has done it meanwhile: a replay changes nothing; put the letter away."),
        (DeadLetterState.Waiting, TaskState.Failed) => new(Sign.Attention, $"The order waits for it: a replay gives the {room.Name} all its attempts again."),
        (_, null or TaskState.Cancelled) => new(Nothing, status == OrderStatus.Cancelled
            ? "The order was cancelled: there was nothing left to do." : "There was nothing left to do."),
        (_, TaskState.Done) => new(Sign.Of(TaskState.Done, task!.QueuedAt, action), $"The {room.Name} has done it."),
        (DeadLetterState.Replayed, TaskState.Failed) => task!.ReplayedLetter == letter.Id
            ? new(Sign.Of(TaskState.Failed, task.QueuedAt), $"The {room.Name} tried again and gave up again.") : new(Sign.Of(TaskState.Waiting, task.QueuedAt), $"On its way to the {room.Name}."),
        (_, TaskState.Failed) => new(Sign.Attention, $"The order still waits for the {room.Name}."),
        (_, { } state) => new(Sign.Of(state, task!.QueuedAt, action), $"The {room.Name} has it in hand."),
    };

    private sealed record Work(TaskState State, DateTimeOffset? QueuedAt, long? ReplayedLetter);
}
