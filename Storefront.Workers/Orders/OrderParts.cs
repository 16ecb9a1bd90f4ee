using System.Text.Json.Serialization;

namespace Storefront.Orders;

/// <summary>Where an order came in.</summary>
public enum OrderSource { Shop, Api, Queue }

/// <summary>The answer to a department that wants to work on an order.</summary>
public enum Claim
{
    /// <summary>Go ahead; the attempt is counted.</summary>
    Granted,

    /// <summary>Done, failed or cancelled before: a repeated message, nothing to do.</summary>
    Settled,

    /// <summary>The order has not come that far: an impossible transition.</summary>
    TooEarly,

    /// <summary>The last allowed attempt never ended: it killed its process.</summary>
    Exhausted,

    /// <summary>Ask again when nothing else runs in this process.</summary>
    OnlyAlone,

    /// <summary>The order was cancelled while this was at work, and the work never ended: it is called off, and its undoing is queued now.</summary>
    CalledOff,
}

/// <summary>How asking for an order to be cancelled ended.</summary>
public enum Cancelling
{
    /// <summary>Cancelled now; what had been begun is being undone.</summary>
    Cancelled,

    /// <summary>It was cancelled before: nothing changed.</summary>
    Already,

    /// <summary>Packing has begun: nothing changed.</summary>
    TooLate,

    /// <summary>There is no such order.</summary>
    Unknown,
}

/// <summary>Who ordered and where it goes. Personal: never in a message to other departments' topics, nor in an answer by number alone.</summary>
public sealed record Customer(string Name, string? Email = null, string? Note = null)
{
    // Not a constructor parameter: EF Core cannot bind a complex property to one.
    public Address? Address { get; init; }
}

public sealed record Address(string Street, string City, string Postcode, string Country);

/// <summary>What <see cref="Order.Place"/> makes an order of; prices are the server's.</summary>
public sealed record OrderDraft(OrderNumber Number, Customer Customer, IReadOnlyList<OrderLine> Lines, long PriceMinor, string Currency, OrderSource Source)
{
    public string? SourceMessageId { get; init; }
    public string? SourceReference { get; init; }

    /// <inheritdoc cref="Order.Language" />
    public string? Language { get; init; }
}

/// <summary>A product, how many, and the price of one at the time of ordering, in minor units.</summary>
public sealed class OrderLine
{
    public required int LineNo { get; init; }
    public required int ProductId { get; init; }
    public required string Name { get; init; }
    public required int Quantity { get; init; }
    public required long PriceMinor { get; init; }
}

/// <summary>One department's work on one order. The row is the inbox: it says what has been done, however often a message comes.</summary>
public sealed class OrderTask
{
    public required Department Department { get; init; }
    public TaskAction Action { get; init; } = TaskAction.Do;
    public TaskState State { get; set; }

    /// <summary>Claims so far; committed before the work starts.</summary>
    public int Attempts { get; set; }

    /// <summary>The process that claimed it last (<see cref="Messaging.Outbox.IRelayLock.Node"/>); null where there is only one.</summary>
    public int? ClaimedBy { get; set; }

    /// <summary>When its turn came; null while earlier work goes on.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>When the last attempt began, also one that was given back; null: nothing can have come of it yet.</summary>
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What the neighbour gave back: document, pick list, tracking number.</summary>
    public string? Reference { get; set; }

    /// <summary>Why the last attempt failed, for the staff.</summary>
    public string? Fault { get; set; }

    /// <summary>The dead letter whose replay opened this task again; the same replay does so once, however often it comes.</summary>
    public long? ReplayedLetter { get; set; }

    /// <summary>How often the sweeper set it going again since it last moved.</summary>
    public int Sweeps { get; set; }

    /// <summary>Since when it has stood as it does; null while its turn has not come.</summary>
    public DateTimeOffset? MovedAt => QueuedAt is { } queued && StartedAt is { } started && started > queued ? started : QueuedAt;

    /// <summary>The name of the task within its order.</summary>
    public TaskName Name => new(Department, Action);
}

/// <summary>One line of an order's history: a kind and its data; the wording is made when it is shown.</summary>
public sealed class HistoryEntry
{
    public required int Seq { get; init; }
    public required DateTimeOffset At { get; init; }
    public required HistoryKind Kind { get; init; }
    public required HistoryData Data { get; init; }
}

/// <param name="Department">Whose task it is about.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="By">Who did it: <see cref="Customer"/>, or a member of the staff. Not for the public.</param>
/// <param name="Reason">Why, in the staff's words. Not for the public either.</param>
public sealed record HistoryData(
    Department? Department = null, int? Attempt = null, string? By = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null)
{
    /// <summary><see cref="By"/> of whoever ordered.</summary>
    public const string Customer = "customer";
}
