using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Departments.Controls;
using Storefront.Departments.Mail;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>
/// Finds orders that have stopped moving, which takes a lost message: a queue deleted with what lay in it, for one. A task whose turn came a while ago stands still
/// when no process that lives works on it, its queue is empty, and nothing for its order is in the outbox. Looking costs one query while all is well.
/// Several processes may look at once: of those that find the same task, the first one's commit makes it too early for the others.
/// </summary>
public sealed partial class Sweeper(
    IDbContextFactory<StoreDb> contexts, SweepCommits commits, TaskRuns runs, IRelayLock processes, CurrentSettings departments, IOptions<MessagingOptions> messaging,
    TimeProvider time, ILogger<Sweeper> log) : IBrokerStation
{
    /// <summary>Tasks looked at in one go; the next sweep finds the rest.</summary>
    private const int AtOnce = 200;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private TimeSpan After => messaging.Value.SweepAfter.Value;

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        var pause = After / 2 < LongestPause ? After / 2 : LongestPause;
        while (true)
        {
            await Task.Delay(pause, time, stop);
            try
            {
                await SweepAsync(session, stop);
            }
            catch (DbException e)
            {
                Log.Skipped(log, e.Message);
            }
        }
    }

    private async Task SweepAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        var still = await StandingStillAsync(cancellationToken);
        if (still.Count == 0)
        {
            return;
        }

        var idle = await IdleAsync(session, still.Select(s => s.Task.Department), cancellationToken);
        foreach (var order in still.Where(s => idle.Contains(s.Task.Department) && !runs.IsRunning(s.Number, s.Task)).GroupBy(s => s.Number, s => s.Task))
        {
            if (await commits.SetGoingAsync(order.Key, [.. order], After, cancellationToken))
            {
                Log.SetGoing(log, order.Key, string.Join(", ", order));
            }
        }
    }

    /// <summary>Tasks whose turn came a while ago and for whose order no message is waiting here; none while the relay is catching up.</summary>
    private async Task<IReadOnlyList<(OrderNumber Number, TaskName Task)>> StandingStillAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow() - After;
        var (waiting, working) = (TaskState.Waiting, TaskState.Working);
        var failed = TaskState.Failed; // no constant: see UnfinishedWork
        var still = await db.OrderTasks
            .Unfinished()
            .Where(t => t.State != failed && t.QueuedAt < before && (t.StartedAt == null || t.StartedAt < before))
            .OrderBy(t => t.QueuedAt).Take(AtOnce)
            .Select(t => new { db.Orders.First(o => o.Id == EF.Property<long>(t, "OrderId")).Number, t.Department, t.Action, t.State, t.ClaimedBy })
            .ToListAsync(cancellationToken);
        if (still.Count == 0 || await db.Outbox.AnyAsync(r => r.NotBefore < before, cancellationToken))
        {
            return [];
        }

        var others = await processes.OthersAsync(db, cancellationToken);
        var hands = others.Count == 0 ? [] : await db.OrderTasks.Unfinished(working).Where(t => t.ClaimedBy != null)
            .GroupBy(t => new { t.Department, Claimer = t.ClaimedBy!.Value }).Select(g => new { g.Key.Department, g.Key.Claimer, Tasks = g.Count() }).ToListAsync(cancellationToken);
        // What another process has in hand, or may have been given and not begun because its hands are full.
        still.RemoveAll(s => (s.State == working && s.ClaimedBy is { } claimer && others.Contains(claimer))
            || (s.State == waiting && hands.Exists(h => h.Department == s.Department && others.Contains(h.Claimer) && h.Tasks >= departments.Of(s.Department).Concurrency)));

        var numbers = still.Select(s => s.Number.ToString()).ToHashSet(StringComparer.Ordinal);
        // A mail that is to be tried again moves no goods.
        var expected = (await db.Outbox.Where(r => numbers.Contains(r.CorrelationId) && r.RoutingKey != MailStation.Queue).Select(r => r.CorrelationId).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return [.. still.Where(s => !expected.Contains(s.Number.ToString())).Select(s => (s.Number, new TaskName(s.Department, s.Action)))];
    }

    /// <summary>
    /// The departments for whom no message can be left: their queue and the one before it are empty, and they have hands free,
    /// so that nothing they were given waits for its turn in this process. One that is paused has none: what stands still there, stands still on purpose.
    /// </summary>
    private async Task<IReadOnlySet<Department>> IdleAsync(BrokerSession session, IEnumerable<Department> asked, CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: bounded.Token);
        var idle = new HashSet<Department>();
        if (await IsEmptyAsync(Topology.Orders))
        {
            foreach (var department in asked.Distinct())
            {
                if (runs.CountOf(department) < departments.Of(department).Hands && await IsEmptyAsync(Topology.QueueOf(department.Text())))
                {
                    idle.Add(department);
                }
            }
        }

        return idle;

        async Task<bool> IsEmptyAsync(string queue) => (await channel.QueueDeclarePassiveAsync(queue, bounded.Token)).MessageCount == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Number} had stopped moving at {Tasks}; it was set going again, or flagged")]
        public static partial void SetGoing(ILogger log, OrderNumber number, string tasks);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for orders that have stopped moving was put off: {Reason}")]
        public static partial void Skipped(ILogger log, string reason);
    }
}
