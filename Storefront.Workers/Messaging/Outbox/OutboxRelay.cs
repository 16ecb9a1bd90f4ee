using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// Carries the outbox to the broker: publishes in a window of unconfirmed messages and deletes the rows whose confirm came.
/// A row leaves only with its confirm, so a crash at any point publishes again rather than never; receivers are ready for repeats.
/// A row that the broker will not have holds up no other: what went out with it is published one by one, and the one that fails alone is parked.
/// </summary>
public sealed partial class OutboxRelay(
    OutboxTable table, OutboxTray tray, OutboxBell bell, IRelayLock relayLock, TopologyDeclaration topology, RelayStatus status, ShopMetrics metrics, TimeProvider time, ILogger<OutboxRelay> log)
    : IBrokerStation, IDisposable
{
    /// <summary>How long confirms, and the database, are waited for at the end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Refusals _refusals = new();

    /// <summary>Rows of which one broke its channel. It may have taken the connection along, so they outlive the session.</summary>
    private readonly SortedSet<long> _suspects = [];

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        // The end of the last session may not be quite over.
        await _turn.WaitAsync(stop);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var place = await relayLock.TakeAsync(() => status.Set(RelayState.Elsewhere), stop);
                status.AtWork(_refusals.Rows, null);
                await StayAsync(session, place.Lost, stop);
            }
        }
        finally
        {
            status.Set(RelayState.Waiting);
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Relays until told to stop, or until the place is lost.</summary>
    private async Task StayAsync(BrokerSession session, CancellationToken lost, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost, stop);
        try
        {
            while (!either.IsCancellationRequested)
            {
                await session.UnblockedAsync(either.Token);
                await RelayAsync(session, either.Token);
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // Another process may relay by now.
        }
    }

    /// <summary>Relays over one channel, until it is told to stop or the channel is done for by something that was published.</summary>
    /// <exception cref="IOException">It is the connection that is not to be trusted any more.</exception>
    private async Task RelayAsync(BrokerSession session, CancellationToken stop)
    {
        await using var publisher = await ConfirmedPublisher.OpenAsync(session, time, stop);
        var window = new RelayWindow(publisher, bell);
        var feed = new RelayFeed(table, tray, bell, time);
        var deletions = new Deletions(table, bell);
        // Told to stop, it still writes down what it knows, but not for long.
        using var end = new CancellationTokenSource();
        await using var stopping = stop.Register(() => end.CancelAfter(Farewell));
        try
        {
            while (!stop.IsCancellationRequested && window.Fault is null)
            {
                await session.UnblockedAsync(stop);
                var published = await PublishAsync(window, feed, stop);
                var (settled, returned) = await SettleAsync(window, feed, deletions, end.Token);
                var gone = Forget(window, await deletions.GoOnAsync(end.Token));
                if (returned)
                {
                    // A queue or a binding may be missing; consumers need not suffer for it.
                    await topology.DeclareAsync(session, stop);
                }

                // What was settled made room, and its ring may be used up: look again before sleeping.
                if (settled + published + gone == 0)
                {
                    // While nothing more can go out, what is settled wakes it.
                    await bell.WaitAsync(window.Free > 0 && _suspects.Count == 0 ? feed.UntilNext : RelayFeed.SlowSweep, time, stop);
                }
            }
        }
        finally
        {
            await window.SettleAsync(Farewell);
            await SettleAsync(window, feed, deletions, end.Token);
            Forget(window, await deletions.EndAsync(end.Token));
            await JudgeAsync(window, feed, end.Token);
        }

        if (window.Fault is { Exception: var fault })
        {
            if (BadRow.ReasonIn(fault) is null || !session.Publishing.IsOpen)
            {
                throw new IOException($"publishing failed: {fault.Message}", fault);
            }

            // Its exchange may have been ours, and be missing.
            await topology.DeclareAsync(session, stop);
        }
    }

    private async Task<int> PublishAsync(RelayWindow window, RelayFeed feed, CancellationToken cancellationToken)
    {
        if (_suspects.Count > 0)
        {
            feed.LookNext();
            return window.IsEmpty ? await PublishSuspectAsync(window, cancellationToken) : 0;
        }

        if (window.Free == 0)
        {
            return 0;
        }

        var due = await feed.TakeAsync(window.Free, window.Outstanding, cancellationToken);
        foreach (var row in due)
        {
            window.Publish(row);
        }

        return due.Count;
    }

    private async Task<int> PublishSuspectAsync(RelayWindow window, CancellationToken cancellationToken)
    {
        var row = await table.FirstAsync([.. _suspects], cancellationToken);
        _suspects.RemoveWhere(id => row is null || id < row.Id);
        if (row is not null)
        {
            window.Publish(row);
        }

        return 1;
    }

    /// <summary>Rows whose confirm came are to be deleted; those that the broker refused rest, or are parked. Says how many there were, and whether one was handed back.</summary>
    private async Task<(int Settled, bool Returned)> SettleAsync(RelayWindow window, RelayFeed feed, Deletions deletions, CancellationToken cancellationToken)
    {
        var settled = window.TakeSettled();
        deletions.Add(settled.Where(s => s.Refusal is null).Select(s => s.Row));
        var refused = settled.Where(s => s.Refusal is not null).Select(s => (s.Row, s.Refusal!)).ToList();
        if (refused.Count > 0)
        {
            await RefuseAsync(window, feed, refused, cancellationToken);
        }

        return (settled.Count, refused.Exists(r => r.Item2.IsReturn));
    }

    private async Task RefuseAsync(RelayWindow window, RelayFeed feed, List<(long Row, PublishException Refusal)> refused, CancellationToken cancellationToken)
    {
        var resting = new List<(long Row, TimeSpan Pause)>();
        foreach (var (row, refusal) in refused)
        {
            if (_refusals.Add(row, refusal.IsReturn) is { } rest)
            {
                resting.Add((row, rest));
            }
            else
            {
                await ParkAsync(window, row, $"no queue takes it; it was handed back {Refusals.MostReturns} times. Bind a queue to its exchange and routing key, then replay it", refusal, Refusals.MostReturns, cancellationToken);
            }
        }

        await RestAsync(window, feed, resting, refused[0].Refusal.IsReturn ? "no queue takes it" : "the broker would not take it", cancellationToken);
    }

    /// <summary>After a channel is done for: whatever was out on it may have done it, unless it was out alone. Then it was that one.</summary>
    private async Task JudgeAsync(RelayWindow window, RelayFeed feed, CancellationToken cancellationToken)
    {
        if (window.Fault is not var (row, fault) || BadRow.ReasonIn(fault) is not { } reason)
        {
            return;
        }

        if (_suspects.Count == 0)
        {
            _suspects.UnionWith(window.Outstanding);
        }
        else if (BadRow.IsForbidden(fault))
        {
            await RestAsync(window, feed, [(row, _refusals.Add(row, isReturn: false)!.Value)], reason, cancellationToken);
        }
        else
        {
            await ParkAsync(window, row, reason, fault, 1, cancellationToken);
        }
    }

    private async Task RestAsync(RelayWindow window, RelayFeed feed, List<(long Row, TimeSpan Pause)> resting, string reason, CancellationToken cancellationToken)
    {
        if (resting.Count > 0)
        {
            await table.RestAsync(resting, cancellationToken);
            feed.Expect(time.GetUtcNow() + resting.Min(r => r.Pause));
            metrics.Refused(resting.Count);
            Log.Refused(log, resting.Count, reason);
            Forget(window, [.. resting.Select(r => r.Row)], forGood: false);
            status.AtWork(_refusals.Rows, reason);
        }
    }

    private async Task ParkAsync(RelayWindow window, long row, string reason, Exception fault, int attempts, CancellationToken cancellationToken)
    {
        await table.ParkAsync(row, $"The broker would not take it: {reason}.", fault, attempts, cancellationToken);
        metrics.Parked();
        Forget(window, [row], forGood: true);
    }

    /// <summary>These are published, and gone from the outbox.</summary>
    private int Forget(RelayWindow window, long[] gone)
    {
        if (gone.Length > 0)
        {
            metrics.Published(gone.Length);
            Forget(window, gone, forGood: true);
        }

        return gone.Length;
    }

    private void Forget(RelayWindow window, long[] rows, bool forGood)
    {
        window.Forget(rows);
        _suspects.ExceptWith(rows);
        if (forGood && _refusals.Rows > 0)
        {
            _refusals.Forget(rows);
            status.AtWork(_refusals.Rows, null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused {Count} messages ({Reason}); they stay in the outbox")]
        public static partial void Refused(ILogger log, int count, string reason);
    }
}
