using System.Threading.Channels;

namespace Storefront.Messaging.Outbox;

/// <summary>Wakes the relay. Latched: a ring while it is busy, or between "empty" and "waiting", is heard at the next wait.</summary>
public sealed class OutboxBell
{
    private readonly Channel<bool> _latch = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int _look;

    /// <summary>Called as well while the relay is in another process: that one is to be told. Must return at once.</summary>
    public Action? Elsewhere { get; set; }

    /// <summary>Something is in the table that the relay does not know of.</summary>
    public void Ring()
    {
        Volatile.Write(ref _look, 1);
        Wake();
    }

    /// <summary>There is something to do that needs no look into the table.</summary>
    public void Wake()
    {
        _latch.Writer.TryWrite(true);
        Elsewhere?.Invoke();
    }

    /// <summary>Whether it was rung since this was last asked.</summary>
    public bool TakeRing() => Interlocked.Exchange(ref _look, 0) == 1;

    /// <summary>Returns when the relay has been woken since the last wait, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_latch.Reader.TryRead(out _))
        {
            return;
        }

        using var timer = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _latch.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The longest wait is over: look all the same.
        }
    }
}
