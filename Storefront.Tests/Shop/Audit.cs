using Microsoft.EntityFrameworkCore;
using Storefront.Departments;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>Holds a ledger against the shop's data, promise by promise.</summary>
internal sealed class Audit
{
    private static readonly Dictionary<string, Department> DepartmentOf = new(StringComparer.Ordinal)
    {
        ["sales-system"] = Department.Sales, ["printer"] = Department.Warehouse, ["packing-table"] = Department.Packing, ["carrier"] = Department.Shipping,
    };

    private readonly Ledger _ledger;
    private readonly Dictionary<OrderNumber, Order> _orders;
    private readonly IReadOnlyList<DeadLetter> _letters;
    private readonly List<string> _broken;
    private int _lost;
    private int _unexpected;
    private int _duplicated;

    private Audit(Ledger ledger, IReadOnlyList<Order> orders, IReadOnlyList<DeadLetter> letters)
    {
        (_ledger, _letters, _broken) = (ledger, letters, [.. ledger.Broken]);
        _orders = orders.ToDictionary(o => o.Number);
    }

    /// <summary>Every promise that does not hold, in a sentence; none when all is well.</summary>
    public IReadOnlyList<string> Broken => _broken;

    public Figures Figures => new(
        _ledger.Requests.Count + _ledger.Foreign.Count, _ledger.Accepted + _orders.Values.Count(IsAdopted), _lost, _unexpected, _duplicated, _orders.Values.Count(HasRecovered))
    {
        Cancelled = _orders.Values.Count(o => o.Status == OrderStatus.Cancelled),
        Adopted = _orders.Values.Count(IsAdopted),
        Dead = _orders.Values.Count(IsDead),
    };

    public static async Task<Audit> TakeAsync(Ledger ledger, ShopData data, CancellationToken cancellationToken)
    {
        await using var db = data.OpenDatabase();
        var orders = await db.Orders.AsNoTracking().AsSplitQuery().Include(o => o.Lines).Include(o => o.Tasks).ToListAsync(cancellationToken);
        var audit = new Audit(ledger, orders, await db.DeadLetters.AsNoTracking().ToListAsync(cancellationToken));
        audit.CheckRequests(await db.UsedKeys.AsNoTracking().ToListAsync(cancellationToken));
        audit.CheckOtherSystems();
        audit.CheckEnds(await db.Outbox.CountAsync(cancellationToken));
        audit.CheckEffects(data.Books(), await db.CountedOrders.Select(c => c.OrderId).ToHashSetAsync(cancellationToken));
        audit.CheckLetters();
        audit.CheckStock(await data.StockAsync(cancellationToken));
        audit.CheckVersions();
        return audit;
    }

    private static bool IsAdopted(Order order) => order.Source == OrderSource.Queue;

    private static bool IsDead(Order order) => order.Tasks.Exists(t => t.State == TaskState.Failed);

    private static bool IsUnderWay(OrderTask task) => task.State is TaskState.Working or TaskState.Retrying || (task.State == TaskState.Waiting && task.QueuedAt is not null);

    private bool HasRecovered(Order order) => order.CompletedAt is { } end && _ledger.Faults.Any(fault => order.PlacedAt < fault && fault < end);

    /// <summary>Every accepted order exists once, and nobody has an order without having asked for it.</summary>
    private void CheckRequests(IReadOnlyList<UsedKey> used)
    {
        var keys = used.ToDictionary(k => k.Key, k => k.Number, StringComparer.Ordinal);
        var asked = new HashSet<OrderNumber>();
        foreach (var (key, answers) in _ledger.Requests)
        {
            asked.UnionWith(answers.Keys);
            if (keys.TryGetValue($"api:{key}", out var kept))
            {
                asked.Add(kept);
                answers.TryAdd(kept, true);
            }

            Count(ref _lost, answers.Keys.Where(n => !_orders.ContainsKey(n)), n => $"order {n} was accepted and is not there");
            Count(ref _duplicated, answers.Keys.Skip(1), n => $"order {n} is another one for the request '{key}'");
        }

        Count(ref _unexpected, _orders.Values.Where(o => !IsAdopted(o) && !asked.Contains(o.Number)), o => $"nobody asked for order {o.Number}");
        Count(ref _lost, _ledger.Cancelled.Where(n => _orders.TryGetValue(n, out var o) && o.Status != OrderStatus.Cancelled), n => $"the cancelling of order {n} was accepted and is not there");
    }

    /// <summary>An order with a message id is taken over once; without one every delivery counts as a new one.</summary>
    private void CheckOtherSystems()
    {
        var adopted = _orders.Values.Where(IsAdopted).ToLookup(o => o.SourceReference ?? "", StringComparer.Ordinal);
        Count(ref _lost, _ledger.Foreign.Keys.Where(r => !adopted.Contains(r) && !_ledger.IsMaybeGone(r)), r => $"the other system's order '{r}' was not taken over");
        Count(ref _duplicated, _ledger.Foreign.Where(f => f.Value && adopted[f.Key].Count() > 1), f => $"the other system's order '{f.Key}' was taken over more than once");
        Count(ref _unexpected, adopted.Where(a => !_ledger.Foreign.ContainsKey(a.Key)), a => $"no other system has sent an order '{a.Key}'");
    }

    /// <summary>Every order is finished or visibly dead, and nothing of it goes on.</summary>
    private void CheckEnds(int outbox)
    {
        foreach (var order in _orders.Values.Where(o => o.CompletedAt is null || o.Tasks.Exists(IsUnderWay)))
        {
            if (!IsDead(order) || order.Tasks.Exists(IsUnderWay))
            {
                Break(ref _lost, $"order {order.Number} is '{order.Status.Text()}' and does not end: {string.Join(", ", order.Tasks.Select(t => $"{t.Name} {t.State.Text()} ({t.Attempts})"))}");
            }
            else if (!_letters.Any(l => l.CorrelationId == order.Number.ToString()))
            {
                Break(ref _lost, $"order {order.Number} has a failed task and no dead letter");
            }
        }

        if (outbox > 0)
        {
            Break(ref _lost, $"{outbox} messages are still in the outbox");
        }
    }

    /// <summary>One effect for each department and order, taken back if the order was cancelled, and none without an order.</summary>
    private void CheckEffects(IReadOnlyList<BookEntry> books, HashSet<long> counted)
    {
        var entries = books.ToDictionary(e => e.Key, StringComparer.Ordinal);
        var known = _orders.Keys.SelectMany(n => DepartmentOf.Values.Select(d => $"{n}:{d.Text()}")).ToHashSet(StringComparer.Ordinal);
        Count(ref _unexpected, books.Where(e => !known.Contains(e.Key)), e => $"{e.Neighbour} has {e.Key}, of which there is no order");
        Count(ref _duplicated, books.Where(e => e.Effects > 1), e => $"{e.Neighbour} did {e.Key} {e.Effects} times");
        foreach (var order in _orders.Values)
        {
            var isCancelled = order.Status == OrderStatus.Cancelled;
            foreach (var task in order.Tasks.Where(t => t.Action == TaskAction.Do))
            {
                var entry = entries.GetValueOrDefault($"{order.Number}:{task.Department.Text()}");
                var stands = task.Department == Department.Marketing ? counted.Contains(order.Id) : entry is { Effects: > 0, Withdrawn: false };
                var undoing = order.Tasks.Find(t => t.Department == task.Department && t.Action == TaskAction.Undo);
                if (stands && task.StartedAt is null)
                {
                    Break(ref _unexpected, $"{task.Department} did something for order {order.Number} without having begun");
                }
                else if (stands && isCancelled && undoing?.State != TaskState.Failed)
                {
                    Break(ref _unexpected, $"order {order.Number} is cancelled, and what {task.Department} did stands");
                }
                else if (!stands && !isCancelled && task.State == TaskState.Done)
                {
                    Break(ref _lost, $"{task.Department} is done with order {order.Number}, and nothing came of it");
                }
            }
        }
    }

    /// <summary>Poison is visible with its reason; and no dead letter is there for anything else but a dead order.</summary>
    private void CheckLetters()
    {
        var visible = _letters.Where(l => l.Reason.Length > 0 && l.MessageId is not null).Select(l => l.MessageId!).ToHashSet(StringComparer.Ordinal);
        Count(ref _lost, _ledger.Poisons.Where(p => !visible.Contains(p) && !_ledger.IsMaybeGone(p)), p => $"the poison '{p}' is not among the dead letters");
        var dead = _orders.Values.Where(IsDead).Select(o => o.Number.ToString()).ToHashSet(StringComparer.Ordinal);
        Count(ref _unexpected, _letters.Where(l => _ledger.KnowsAllLetters && !dead.Contains(l.CorrelationId ?? "") && !_ledger.Poisons.Contains(l.MessageId ?? "")),
            l => $"a dead letter from '{l.Queue}' about '{l.CorrelationId}', message '{l.MessageId}': {l.Reason}");
    }

    /// <summary>What is not on the shelf any more is in orders.</summary>
    private void CheckStock(Dictionary<int, int> now)
    {
        var sold = _orders.Values.Where(o => o.Status != OrderStatus.Cancelled).SelectMany(o => o.Lines).ToLookup(l => l.ProductId, l => l.Quantity);
        foreach (var (product, pieces) in _ledger.OpeningStock ?? new Dictionary<int, int>())
        {
            var should = pieces - sold[product].Sum();
            if (now[product] != should)
            {
                Break(ref now[product] < should ? ref _lost : ref _unexpected, $"of product {product} there are {now[product]} on the shelf instead of {should}");
            }
        }
    }

    private void CheckVersions() => _broken.AddRange(_ledger.Versions
        .Where(seen => _orders.TryGetValue(seen.Key, out var order) && order.Version < seen.Value)
        .Select(seen => $"order {seen.Key} was seen in version {seen.Value} and is in version {_orders[seen.Key].Version}"));

    private void Count<T>(ref int figure, IEnumerable<T> wrong, Func<T, string> what)
    {
        foreach (var one in wrong)
        {
            Break(ref figure, what(one));
        }
    }

    private void Break(ref int figure, string what)
    {
        figure++;
        _broken.Add(what);
    }
}
