namespace Storefront.Orders;

/// <summary>
/// An order's whole life on one page. Pure decisions: the caller holds the row (<see cref="OrderRow"/>), passes the time in,
/// and saves what comes out. Messages only trigger these; this state decides.
/// </summary>
public sealed partial class Order
{
    public long Id { get; private set; }
    public required OrderNumber Number { get; init; }
    public OrderStatus Status { get; private set; }
    public required Customer Customer { get; init; }

    /// <summary>Total in minor units of <see cref="Currency"/>; the server's own sum, never the client's.</summary>
    public required long PriceMinor { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Set when every task is done, or the order is cancelled and every compensation is done.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Grows by one with every change (by <see cref="OrderRow"/>), never goes back.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Where it came in: the shop's pages, the API, or another system's message.</summary>
    public required OrderSource Source { get; init; }

    /// <summary>Message id of the foreign message it was adopted from; unique, so that a repeat is found.</summary>
    public string? SourceMessageId { get; init; }

    /// <summary>The other system's own order number.</summary>
    public string? SourceReference { get; init; }

    /// <summary>Code of the language in which it was placed (<c>de</c>); null where nobody said. Whoever writes to the customer writes in it.</summary>
    public string? Language { get; init; }

    public int LastSeq { get; private set; }

    /// <summary>Whether <see cref="Cancel"/> would still work: packing has not begun.</summary>
    public bool CanBeCancelled => Status is OrderStatus.Placed or OrderStatus.Picked && Task(Department.Packing).StartedAt is null;

    /// <summary>The goods go no further until somebody has looked. (Sales and marketing hold up no goods.)</summary>
    public bool IsHeldUp => Status < OrderStatus.Shipped
        && Tasks.Exists(t => t is { State: TaskState.Failed, Action: TaskAction.Do, Department: Department.Warehouse or Department.Packing or Department.Shipping });

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
            Language = draft.Language,
        };
        order.Lines.AddRange(draft.Lines);
        order.Tasks.AddRange(OrderTerms.Departments.Select(d => new OrderTask { Department = d, QueuedAt = StartsAt(d) == OrderStatus.Placed ? now : null }));
        order.Write(draft.Source == OrderSource.Queue ? HistoryKind.Adopted : HistoryKind.Placed, now);
        return order;
    }

    /// <summary>An order as it lay in the database, its lines and history left there.</summary>
    internal static Order Restore(long id, OrderStatus status, DateTimeOffset? completedAt, long version, int lastSeq, Order order)
    {
        (order.Id, order.Status, order.CompletedAt, order.Version, order.LastSeq) = (id, status, completedAt, version, lastSeq);
        return order;
    }

    /// <summary>It lies in the database now.</summary>
    internal void Written(long id) => Id = id;

    /// <summary>It is going to be changed.</summary>
    internal void Taken() => Version++;

    /// <summary>As one that has just been taken: what has happened stays in the database, and so do its lines if there are more than given.</summary>
    internal void LeaveHistory(int mostLines)
    {
        History.Clear();
        if (Lines.Count > mostLines)
        {
            Lines.Clear();
        }
    }

    /// <summary>The status at which a department may begin; it stays allowed later (sales may finish after shipping).</summary>
    public static OrderStatus StartsAt(Department department) => department switch
    {
        Department.Packing => OrderStatus.Picked,
        Department.Shipping => OrderStatus.Packed,
        _ => OrderStatus.Placed,
    };

    /// <summary>
    /// The work is done. The first success wins, from any state but done and cancelled (the effect is keyed, so an older attempt's success is as good).
    /// False: nothing changed. The step the goods made, if any, is what has to be announced. Of a cancelled order, the turn of the undoing has come.
    /// </summary>
    public bool Finish(TaskName name, string? reference, DateTimeOffset now, out OrderStatus? step)
    {
        step = null;
        var task = Task(name);
        if (task.State is TaskState.Done or TaskState.Cancelled)
        {
            return false;
        }

        task.State = TaskState.Done;
        task.FinishedAt = now;
        task.Reference = reference;
        task.Fault = null;
        Write(name.Action == TaskAction.Do ? HistoryKind.Done : HistoryKind.Undone, now, name.Department);
        if (Status == OrderStatus.Cancelled && name.Action == TaskAction.Do)
        {
            Task(name with { Action = TaskAction.Undo }).QueuedAt = now;
        }

        step = MoveOn(name.Department, now);
        return true;
    }

    /// <summary>
    /// Ends the order, until packing has begun. Work that nobody has begun is struck off; what may have had an effect elsewhere gets an undo task:
    /// queued now, or once the work ends that is going on. The goods are the caller's to put back on the shelf.
    /// </summary>
    /// <param name="by">Who cancels: <see cref="HistoryData.Customer"/> or a member of the staff.</param>
    /// <param name="now">The time.</param>
    public Cancelling Cancel(string by, DateTimeOffset now)
    {
        if (Status == OrderStatus.Cancelled)
        {
            return Cancelling.Already;
        }

        if (!CanBeCancelled)
        {
            return Cancelling.TooLate;
        }

        Status = OrderStatus.Cancelled;
        Write(HistoryKind.Cancelled, now, by: by);
        foreach (var task in Tasks.Where(t => t.StartedAt is not null).ToList())
        {
            Tasks.Add(new OrderTask { Department = task.Department, Action = TaskAction.Undo, QueuedAt = task.State == TaskState.Working ? null : now });
        }

        foreach (var task in Tasks.Where(t => t.Action == TaskAction.Do && t.State is not (TaskState.Done or TaskState.Working)))
        {
            task.State = TaskState.Cancelled;
        }

        CompleteIfAllIsDone(now);
        return Cancelling.Cancelled;
    }

    /// <summary>The task of a department, or its undoing; throws when there is none.</summary>
    public OrderTask Task(TaskName name) => Find(name)!;

    private OrderTask? Find(TaskName name) => Tasks.SingleOrDefault(t => t.Name == name);

    /// <summary>A department's task is done: the step that the goods make by it, if any.</summary>
    private OrderStatus? MoveOn(Department department, DateTimeOffset now)
    {
        OrderStatus? step = (department, Status) switch
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

        CompleteIfAllIsDone(now);
        return step;
    }

    private void CompleteIfAllIsDone(DateTimeOffset now)
    {
        if (CompletedAt is null && Tasks.TrueForAll(t => t.State is TaskState.Done or TaskState.Cancelled))
        {
            CompletedAt = now;
            Write(HistoryKind.Completed, now);
        }
    }

    private void Write(HistoryKind kind, DateTimeOffset now, Department? department = null, int? attempt = null, string? by = null, string? reason = null) =>
        History.Add(new HistoryEntry { Seq = ++LastSeq, At = now, Kind = kind, Data = new(department, attempt, by, reason) });
}
