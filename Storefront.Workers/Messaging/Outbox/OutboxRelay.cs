namespace Storefront.Messaging.Outbox;

/// <summary>
/// Carries the outbox to the broker: publishes in a window of unconfirmed messages and deletes the rows whose confirm came.
/// A row leaves only with its confirm, so a crash at any point publishes again rather than never; receivers are ready for repeats.
/// A row that the broker will not have holds up no other (<see cref="UnwantedRows"/>).
/// </summary>
public sealed class OutboxRelay(
    OutboxTable table, OutboxTray tray, OutboxBell bell, IRelayLock relayLock, TopologyDeclaration topology, UnwantedRows unwanted, RelayStatus status, ShopMetrics metrics, TimeProvider time)
    : IBrokerStation, IDisposable
{
    /// <summary>How long confirms, and the database, are waited for at the end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        // The end of the last session may not be quite over.
        await _turn.WaitAsync(stop);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var place = await relayLock.TakeAsync(() => status.Set(RelayState.Elsewhere), stop);
                status.AtWork(unwanted.Refused, null);
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
                    await bell.WaitAsync(window.Free > 0 && !unwanted.AreSuspected ? feed.UntilNext : RelayFeed.SlowSweep, time, stop);
                }
            }
        }
        finally
        {
            await window.SettleAsync(Farewell);
            await SettleAsync(window, feed, deletions, end.Token);
            Forget(window, await deletions.EndAsync(end.Token));
            await unwanted.JudgeAsync(window, feed, end.Token);
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
        if (unwanted.AreSuspected)
        {
            feed.LookNext();
            return window.IsEmpty ? await unwanted.PublishSuspectAsync(window, cancellationToken) : 0;
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

    /// <summary>Rows whose confirm came are to be deleted; those that the broker refused rest, or are parked. Says how many there were, and whether one was handed back.</summary>
    private async Task<(int Settled, bool Returned)> SettleAsync(RelayWindow window, RelayFeed feed, Deletions deletions, CancellationToken cancellationToken)
    {
        var settled = window.TakeSettled();
        deletions.Add(settled.Where(s => s.Refusal is null).Select(s => s.Row));
        var refused = settled.Where(s => s.Refusal is not null).Select(s => (s.Row, s.Refusal!)).ToList();
        if (refused.Count > 0)
        {
            await unwanted.RefuseAsync(window, feed, refused, cancellationToken);
        }

        return (settled.Count, refused.Exists(r => r.Item2.IsReturn));
    }

    /// <summary>These are published, and gone from the outbox.</summary>
    private int Forget(RelayWindow window, long[] gone)
    {
        if (gone.Length > 0)
        {
            metrics.Published(gone.Length);
            unwanted.Forget(window, gone, forGood: true);
        }

        return gone.Length;
    }
}
