using System.Threading.Channels;

namespace Storefront.Messaging.Outbox;

/// <summary>Wakes the relay. Latched: a ring while it is busy, or between "empty" and "waiting", is heard at the next wait.</summary>
public sealed class OutboxBell
{
    private readonly Channel<bool> _latch = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => _latch.Writer.TryWrite(true);

    /// <summary>Returns when the bell has been rung since the last wait, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
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
