namespace Storefront.Orders;

/// <summary>
/// An order's whole life on one page. Pure decisions: the caller holds the row (<see cref="OrderRow"/>), passes the time in,
/// and saves what comes out. Messages only trigger these; this state decides.
/// </summary>
public sealed class Order
{
    /// <summary>Attempts a task has before it is dead (the first and four retries).</summary>
    public const int MaxAttempts = 5;

    public long Id { get; private set; }
    public required OrderNumber Number { get; init; }
    public OrderStatus Status { get; private set; }
    public required Customer Customer { get; init; }

    /// <summary>Total in minor units of <see cref="Currency"/>; the server's own sum, never the client's.</summary>
    public required long PriceMinor { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Set when every task is done.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Grows by one with every change (by <see cref="OrderRow"/>), never goes back.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Where it came in: the shop's pages, the API, or another system's message.</summary>
    public required OrderSource Source { get; init; }

    /// <summary>Message id of the foreign message it was adopted from; unique, so that a repeat is found.</summary>
    public string? SourceMessageId { get; init; }

    /// <summary>The other system's own order number.</summary>
    public string? SourceReference { get; init; }

    public int LastSeq { get; private set; }
    public List<OrderLine> Lines { get; } = [];
    public List<OrderTask> Tasks { get; } = [];
    public List<HistoryEntry> History { get; } = [];

    /// <summary>A new order with a task for every department; those that start at once are queued now.</summary>
    public static Order Place(OrderDraft draft, DateTimeOffset now)
    {
        var order = new Order
        {
            Number = draft.Number,
            Customer = draft.Customer,
            PriceMinor = draft.PriceMinor,
            Currency = draft.Currency,
            PlacedAt = now,
            Source = draft.Source,
            SourceMessageId = draft.SourceMessageId,
            SourceReference = draft.SourceReference,
        };
        order.Lines.AddRange(draft.Lines);
        order.Tasks.AddRange(OrderTerms.Departments.Select(d => new OrderTask { Department = d, QueuedAt = StartsAt(d) == OrderStatus.Placed ? now : null }));
        order.Write(draft.Source == OrderSource.Queue ? HistoryKind.Adopted : HistoryKind.Placed, now);
        return order;
    }

    /// <summary>The status at which a department may begin; it stays allowed later (sales may finish after shipping).</summary>
    public static OrderStatus StartsAt(Department department) => department switch
    {
        Department.Packing => OrderStatus.Picked,
        Department.Shipping => OrderStatus.Packed,
        _ => OrderStatus.Placed,
    };

    /// <summary>
    /// A department wants to work. Counts the attempt when it may. <paramref name="alone"/> says that nothing else runs in this process:
    /// a task that has twice been left without an end may be what kills the process, so its next claim is granted only then.
    /// </summary>
    public Claim Claim(Department department, DateTimeOffset now, bool alone)
    {
        var task = Task(department);
        switch (task.State)
        {
            case TaskState.Done or TaskState.Cancelled or TaskState.Failed:
                return Orders.Claim.Settled;
            case var _ when Status < StartsAt(department):
                return Orders.Claim.TooEarly;
            case TaskState.Working when task.Attempts >= MaxAttempts:
                return Orders.Claim.Exhausted;
            case TaskState.Working when task.Attempts >= 2 && !alone:
                return Orders.Claim.OnlyAlone;
        }

        task.Attempts++;
        task.State = TaskState.Working;
        task.StartedAt = now;
        return Orders.Claim.Granted;
    }

    /// <summary>
    /// The work is done. The first success wins, from any state but done and cancelled (the effect is keyed, so an older attempt's success is as good).
    /// False: nothing changed. The step the goods made, if any, is what has to be announced.
    /// </summary>
    public bool Finish(Department department, string? reference, DateTimeOffset now, out OrderStatus? step)
    {
        step = null;
        var task = Task(department);
        if (task.State is TaskState.Done or TaskState.Cancelled)
        {
            return false;
        }

        task.State = TaskState.Done;
        task.FinishedAt = now;
        task.Reference = reference;
        task.Fault = null;
        Write(HistoryKind.Done, now, department);

        step = (department, Status) switch
        {
            (Department.Warehouse, OrderStatus.Placed) => OrderStatus.Picked,
            (Department.Packing, OrderStatus.Picked) => OrderStatus.Packed,
            (Department.Shipping, OrderStatus.Packed) => OrderStatus.Shipped,
            _ => null,
        };
        if (step is { } next)
        {
            Status = next;
            Write(Enum.Parse<HistoryKind>(next.ToString()), now);
            foreach (var waiting in Tasks.Where(t => StartsAt(t.Department) == next && t.QueuedAt is null))
            {
                waiting.QueuedAt = now;
            }
        }

        if (Tasks.TrueForAll(t => t.State == TaskState.Done))
        {
            CompletedAt = now;
            Write(HistoryKind.Completed, now);
        }

        return true;
    }

    /// <summary>The attempt failed and another follows. False when it is no longer the current attempt: then it does not count.</summary>
    public bool Retry(Department department, int attempt, string fault, DateTimeOffset now)
    {
        var task = Task(department);
        if (task.State != TaskState.Working || task.Attempts != attempt)
        {
            return false;
        }

        task.State = TaskState.Retrying;
        task.Fault = fault;
        Write(HistoryKind.Retrying, now, department, attempt);
        return true;
    }

    /// <summary>The shop is closing before the work is done: the attempt does not count. False when it is no longer the current attempt.</summary>
    public bool GiveBack(Department department, int attempt)
    {
        var task = Task(department);
        if (task.State != TaskState.Working || task.Attempts != attempt)
        {
            return false;
        }

        task.State = TaskState.Waiting;
        task.Attempts--;
        task.StartedAt = null;
        return true;
    }

    /// <summary>No attempt is left: somebody has to look. False when the attempt is not the current one or the task has ended.</summary>
    public bool GiveUp(Department department, int attempt, string fault, DateTimeOffset now)
    {
        var task = Task(department);
        if (task.State != TaskState.Working || task.Attempts != attempt)
        {
            return false;
        }

        task.State = TaskState.Failed;
        task.FinishedAt = now;
        task.Fault = fault;
        Write(HistoryKind.Failed, now, department, attempt);
        return true;
    }

    /// <summary>The task of a department.</summary>
    public OrderTask Task(Department department) => Tasks.Single(t => t.Department == department && t.Action == TaskAction.Do);

    private void Write(HistoryKind kind, DateTimeOffset now, Department? department = null, int? attempt = null) =>
        History.Add(new HistoryEntry { Seq = ++LastSeq, At = now, Kind = kind, Data = new(department, attempt) });
}
