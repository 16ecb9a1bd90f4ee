namespace Storefront.Orders;

/// <content>What a member of the staff may do about an order's tasks.</content>
public sealed partial class Order
{
    /// <summary>A task that was given up has all its attempts again. False when it is not given up, or not any more.</summary>
    /// <param name="name">Which task.</param>
    /// <param name="letter">The dead letter whose replay goes with this, so that it opens the task no second time; null when there is none.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">The time.</param>
    public bool TakeUp(TaskName name, long? letter, string by, DateTimeOffset now)
    {
        if (Find(name) is not { State: TaskState.Failed } task)
        {
            return false;
        }

        Open(task, letter, by, now);
        return true;
    }

    /// <summary>The next attempt at a task comes at once instead of after its pause. False when no attempt is to follow.</summary>
    public bool Hasten(TaskName name, string by, DateTimeOffset now)
    {
        if (Find(name) is not { State: TaskState.Retrying })
        {
            return false;
        }

        Write(HistoryKind.Replayed, now, name.Department, by: by);
        return true;
    }

    /// <summary>A task whose turn has come is asked for once more. False when it waits for none, or has been begun.</summary>
    public bool Remind(TaskName name, string by, DateTimeOffset now)
    {
        if (Find(name) is not { State: TaskState.Waiting, QueuedAt: not null })
        {
            return false;
        }

        Write(HistoryKind.Reminded, now, name.Department, by: by);
        return true;
    }

    /// <summary>
    /// A task that was given up counts as done: somebody saw to it. The order moves on as if the department had done it; what the department would have written
    /// down (marketing's count) is not. False when it is not given up, or not any more.
    /// </summary>
    /// <param name="name">Which task.</param>
    /// <param name="reason">What was done instead; for the staff alone.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">The time.</param>
    /// <param name="step">The step that the goods make by it, which has to be announced.</param>
    public bool Resolve(TaskName name, string reason, string by, DateTimeOffset now, out OrderStatus? step)
    {
        step = null;
        if (Find(name) is not { State: TaskState.Failed } task)
        {
            return false;
        }

        task.State = TaskState.Done;
        task.FinishedAt = now;
        task.Fault = null;
        Write(HistoryKind.Resolved, now, name.Department, by: by, reason: reason);
        step = MoveOn(name.Department, now);
        return true;
    }
}
