namespace Storefront.Messaging;

/// <summary>
/// The broker, played to be away: this process drops its connections and makes none until then. Nothing is kept of it: it ends by itself, or with the process.
/// </summary>
public sealed class BrokerOutage(TimeProvider time)
{
    private readonly Lock _changing = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OutageView? _now;

    /// <summary>The outage there is; null: the broker is as it really is.</summary>
    public OutageView? Now
    {
        get
        {
            lock (_changing)
            {
                return _now is { } now && now.Until > time.GetUtcNow() ? now : null;
            }
        }
    }

    /// <summary>From now on the broker is away for so long, whatever was played before.</summary>
    public void Begin(TimeSpan lasts, string who) => Set(new(time.GetUtcNow() + lasts, who));

    /// <summary>It is there again.</summary>
    public void End() => Set(null);

    /// <summary>Returns when an outage has begun.</summary>
    internal Task BegunAsync(CancellationToken cancellationToken) => UntilAsync(outage => outage is not null, cancellationToken);

    /// <summary>Returns when there is no outage.</summary>
    internal Task OverAsync(CancellationToken cancellationToken) => UntilAsync(outage => outage is null, cancellationToken);

    private void Set(OutageView? outage)
    {
        TaskCompletionSource before;
        lock (_changing)
        {
            (before, _now) = (_changed, outage);
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.SetResult();
    }

    private async Task UntilAsync(Predicate<OutageView?> reached, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_changing)
            {
                changed = _changed.Task;
            }

            var now = Now;
            if (reached(now))
            {
                return;
            }

            // A timer is cancelled with the wait, so that many waits leave none behind.
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var over = now is { } outage ? Task.Delay(Rest(outage), time, waiting.Token) : Task.Delay(Timeout.Infinite, waiting.Token);
            await Task.WhenAny(changed, over);
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan Rest(OutageView outage)
    {
        var rest = outage.Until - time.GetUtcNow();
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}

/// <summary>The broker is played to be away.</summary>
/// <param name="Until">When it is over.</param>
/// <param name="By">Who plays it.</param>
public sealed record OutageView(DateTimeOffset Until, string By);
