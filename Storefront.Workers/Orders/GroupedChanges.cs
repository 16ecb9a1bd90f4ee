using Microsoft.Extensions.Logging;
using Storefront.Data;

namespace Storefront.Orders;

/// <summary>
/// Changes of orders behind the counter. Where each unit of work is a transaction of its own, those that come while others are being written are written together, as
/// one unit: several changes of an order take and write it once, all orders are asked for in one journey, and one commit covers them. Nothing waits on purpose: a change
/// that comes alone is written alone.
/// </summary>
public sealed class GroupedChanges(StoreWrites writes, OrderNews news, ILogger<GroupedChanges> log)
{
    /// <summary>Changes in one unit of work; its locks are held until all of them are written.</summary>
    private const int Most = 64;

    /// <summary>Units of work at once: one is thought about while the server is at the other.</summary>
    internal const int AtOnce = 2;

    private readonly Lock _queueing = new();
    private readonly List<OrderChange> _waiting = [];
    private int _atWork;

    /// <summary>Makes the change, and returns when it is durable; while the database is unwell, it is tried again.</summary>
    /// <param name="number">The order that is changed.</param>
    /// <param name="begin">Asks for what the change needs besides the order, and gives the change. May be called again.</param>
    /// <param name="cancellationToken">Gives up; not once the commit has begun.</param>
    /// <exception cref="System.Data.Common.DbException">It breaks a rule of the database; nothing of it remains.</exception>
    internal async Task<T> RunAsync<T>(OrderNumber number, BeginChange<T> begin, CancellationToken cancellationToken)
    {
        var change = new OrderChange<T>(number, begin, cancellationToken);
        if (writes.SharesCommits)
        {
            await WriteAsync([change]);
        }
        else
        {
            Queue(change);
        }

        return await change.Outcome;
    }

    private void Queue(OrderChange change)
    {
        lock (_queueing)
        {
            _waiting.Add(change);
            if (_atWork == AtOnce)
            {
                return;
            }

            _atWork++;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            await WriteAsync(group);
        }
    }

    /// <summary>Those who have waited longest, and of the others whoever would give up with them; none: this was the last.</summary>
    private List<OrderChange> Next()
    {
        lock (_queueing)
        {
            var group = _waiting.Where(c => c.Cancellation == _waiting[0].Cancellation).Take(Most).ToList();
            _waiting.RemoveAll(group.Contains);
            _atWork -= group.Count == 0 ? 1 : 0;
            return group;
        }
    }

    private async Task WriteAsync(List<OrderChange> group)
    {
        try
        {
            await writes.InsistAsync((db, ct) => MakeAsync(db, group, ct), log, group[0].Cancellation);
            group.ForEach(c => c.End());
        }
        catch (OperationCanceledException e) when (group[0].Cancellation.IsCancellationRequested)
        {
            group.ForEach(c => c.Fail(e));
        }
        catch (Exception) when (group.Count > 1)
        {
            // Each by itself: only the one whose fault it is hears of it.
            foreach (var change in group)
            {
                await WriteAsync([change]);
            }
        }
        catch (Exception e)
        {
            group[0].Fail(e);
        }
    }

    /// <summary>The orders are taken by their numbers, so that two groups cannot wait for each other.</summary>
    private async Task<bool> MakeAsync(StoreDb db, List<OrderChange> group, CancellationToken cancellationToken)
    {
        foreach (var change in group)
        {
            await change.BeginAsync(db, cancellationToken);
        }

        var asked = new List<(AskedOrder Order, IEnumerable<OrderChange> Changes)>();
        foreach (var order in group.GroupBy(c => c.Number).OrderBy(o => o.Key.Value))
        {
            asked.Add((await OrderRow.AskAsync(db, order.Key, cancellationToken), order));
        }

        var isChanged = false;
        foreach (var (order, changes) in asked)
        {
            isChanged |= await MakeAsync(db, order, changes, cancellationToken);
        }

        if (isChanged)
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            db.Discard();
        }

        return isChanged;
    }

    private async Task<bool> MakeAsync(StoreDb db, AskedOrder asked, IEnumerable<OrderChange> changes, CancellationToken cancellationToken)
    {
        var (order, made) = (await asked.TakeAsync(cancellationToken), 0);
        foreach (var change in changes)
        {
            if (await change.MakeAsync(order, cancellationToken) && ++made > 1)
            {
                // A version for each change; it was taken for the first.
                order!.Taken();
            }
        }

        if (made > 0)
        {
            asked.SaveLater();
            news.Changed(db, order!);
        }

        return made > 0;
    }
}
