namespace Storefront.Orders;

/// <content>The attempts at an order's tasks: who may work, and what becomes of an attempt that did not end well.</content>
public sealed partial class Order
{
    /// <summary>Attempts a task has before it is dead (the first and four retries).</summary>
    public const int MaxAttempts = 5;

    /// <summary>
    /// A department wants to work. Counts the attempt when it may. <paramref name="alone"/> says that nothing else runs in this process:
    /// a task that has twice been left without an end may be what kills the process, so its next claim is granted only then.
    /// </summary>
    public Claim Claim(TaskName name, DateTimeOffset now, bool alone)
    {
        var task = Find(name);
        switch (task)
        {
            case null or { State: TaskState.Done or TaskState.Cancelled or TaskState.Failed }:
                return Orders.Claim.Settled;
            case { Action: TaskAction.Undo, QueuedAt: null }:
                // The work itself still goes on; when it ends, the undoing is sent for.
                return Orders.Claim.Settled;
            case { Action: TaskAction.Do } when Status == OrderStatus.Cancelled:
                CallOff(name, task.Attempts, now);
                return Orders.Claim.CalledOff;
            case { Action: TaskAction.Do } when Status < StartsAt(name.Department):
                return Orders.Claim.TooEarly;
            case { State: TaskState.Working, Attempts: >= MaxAttempts }:
                return Orders.Claim.Exhausted;
            case { State: TaskState.Working, Attempts: >= 2 } when !alone:
                return Orders.Claim.OnlyAlone;
        }

        task.Attempts++;
        task.State = TaskState.Working;
        task.StartedAt = now;
        task.Sweeps = 0;
        return Orders.Claim.Granted;
    }

    /// <summary>The attempt failed and another follows. False when it is no longer the current attempt: then it does not count.</summary>
    public bool Retry(TaskName name, int attempt, string fault, DateTimeOffset now)
    {
        if (Current(name, attempt) is not { } task)
        {
            return false;
        }

        task.State = TaskState.Retrying;
        task.Fault = fault;
        Write(HistoryKind.Retrying, now, name.Department, attempt);
        return true;
    }

    /// <summary>The shop is closing before the work is done: the attempt does not count. False when it is no longer the current attempt.</summary>
    public bool GiveBack(TaskName name, int attempt)
    {
        if (Current(name, attempt) is not { } task)
        {
            return false;
        }

        // When it began stays: something may have come of it.
        task.State = TaskState.Waiting;
        task.Attempts--;
        return true;
    }

    /// <summary>No attempt is left: somebody has to look. False when the attempt is not the current one or the task has ended.</summary>
    public bool GiveUp(TaskName name, int attempt, string fault, DateTimeOffset now)
    {
        if (Current(name, attempt) is not { } task)
        {
            return false;
        }

        Fail(task, fault, now, attempt);
        return true;
    }

    /// <summary>The work of a cancelled order did not succeed: it is not tried again, and since something may have come of it, its undoing is queued.</summary>
    public bool CallOff(TaskName name, int attempt, DateTimeOffset now)
    {
        if (Current(name, attempt) is not { } task)
        {
            return false;
        }

        task.State = TaskState.Cancelled;
        Task(name with { Action = TaskAction.Undo }).QueuedAt = now;
        return true;
    }

    /// <summary>
    /// A dead letter is replayed: a task that had been given up has all its attempts again. False when there is nothing to open,
    /// or when this replay has done so before.
    /// </summary>
    public bool Reopen(TaskName name, long letter, DateTimeOffset now)
    {
        if (Find(name) is not { State: TaskState.Failed } task || task.ReplayedLetter == letter)
        {
            return false;
        }

        Open(task, letter, by: null, now);
        return true;
    }

    /// <summary>Tasks that had stopped moving are asked for again.</summary>
    public void SetGoing(IEnumerable<TaskName> names, DateTimeOffset now)
    {
        foreach (var name in names)
        {
            Task(name).Sweeps++;
        }

        Write(HistoryKind.SetGoing, now);
    }

    /// <summary>A task that has stopped moving, and asking for it again did not help: somebody has to look.</summary>
    public void Flag(TaskName name, string fault, DateTimeOffset now) => Fail(Task(name), fault, now, attempt: null);

    private void Open(OrderTask task, long? letter, string? by, DateTimeOffset now)
    {
        task.ReplayedLetter = letter ?? task.ReplayedLetter;
        task.State = TaskState.Waiting;
        task.Attempts = 0;
        task.Sweeps = 0;
        task.FinishedAt = null;
        task.QueuedAt = now;
        Write(HistoryKind.Replayed, now, task.Department, by: by);
    }

    private OrderTask? Current(TaskName name, int attempt) =>
        Find(name) is { State: TaskState.Working } task && task.Attempts == attempt ? task : null;

    private void Fail(OrderTask task, string fault, DateTimeOffset now, int? attempt)
    {
        task.State = TaskState.Failed;
        task.FinishedAt = now;
        task.Fault = fault;
        Write(HistoryKind.Failed, now, task.Department, attempt);
    }
}
