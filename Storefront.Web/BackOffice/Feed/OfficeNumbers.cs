using Storefront.Orders;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>How the shop stands, as the dashboard shows it; read at <paramref name="At"/>.</summary>
public sealed record OfficeNumbers(
    DateTimeOffset At, Capped LastMinute, Capped LastHour, IReadOnlyList<RoomLoad> Rooms,
    Capped DeadLetters, OutboxLoad Outbox, IReadOnlyList<ListedOrder> Newest, TodayNumbers Today)
{
    /// <summary>Tasks that need a hand: no attempt is left.</summary>
    public Capped Failed => new(Rooms.Sum(r => r[TaskState.Failed].Count));
}

/// <summary>What lies in one room: tasks whose turn has come and that are not done.</summary>
/// <param name="Department">Whose room.</param>
/// <param name="Tasks">How many of each unfinished state.</param>
/// <param name="OldestWaiting">Since when the longest-waiting task waits.</param>
public sealed record RoomLoad(Department Department, IReadOnlyDictionary<TaskState, Capped> Tasks, DateTimeOffset? OldestWaiting)
{
    public static IReadOnlyList<TaskState> States { get; } = [TaskState.Waiting, TaskState.Working, TaskState.Retrying, TaskState.Failed];

    public Capped this[TaskState state] => Tasks.GetValueOrDefault(state);
}

/// <summary>Messages decided on and due, but not yet confirmed by the broker.</summary>
public sealed record OutboxLoad(Capped Due, DateTimeOffset? OldestDue);
