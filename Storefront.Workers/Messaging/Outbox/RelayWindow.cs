using System.Collections.Concurrent;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// The messages that are published on one channel and not yet settled. It slides: a slow confirm holds up nothing but its own row.
/// (A classic queue may confirm only when a consumer has acked; the next step of an order must not wait for that.)
/// Used by the relay alone; only the settling happens on other threads.
/// </summary>
internal sealed class RelayWindow(ConfirmedPublisher publisher, OutboxBell bell)
{
    /// <summary>Messages outstanding at once; more only adds latency.</summary>
    private const int Size = 256;

    private readonly Dictionary<long, Task> _outstanding = [];
    private readonly ConcurrentQueue<(long Row, PublishException? Refusal)> _settled = new();
    private volatile Broken? _broken;

    /// <summary>How many more may be published now.</summary>
    public int Free => Size - _outstanding.Count;

    /// <summary>Nothing is outstanding.</summary>
    public bool IsEmpty => _outstanding.Count == 0;

    /// <summary>The rows published and not yet forgotten.</summary>
    public IReadOnlyCollection<long> Outstanding => _outstanding.Keys;

    /// <summary>The first publish that failed otherwise than by refusal; with it the channel is done for. Null while all is well.</summary>
    public Broken? Fault => _broken;

    /// <summary>Publishes a row; the bell rings when it is settled.</summary>
    public void Publish(OutboxRow row)
    {
        _outstanding[row.Id] = SettleAsync(row.Id, MessageOf(row));
        FailPoint.Passed(FailPoint.MessagePublished);
    }

    /// <summary>What has been confirmed or refused since the last time.</summary>
    public IReadOnlyList<(long Row, PublishException? Refusal)> TakeSettled()
    {
        var settled = new List<(long, PublishException?)>();
        while (_settled.TryDequeue(out var one))
        {
            settled.Add(one);
        }

        return settled;
    }

    /// <summary>The rows are gone from the outbox, or wait there for another time.</summary>
    public void Forget(IEnumerable<long> rows)
    {
        foreach (var row in rows)
        {
            _outstanding.Remove(row);
        }
    }

    /// <summary>Waits for all that is outstanding, at most as long as given.</summary>
    public Task SettleAsync(TimeSpan atMost) => Task.WhenAny(Task.WhenAll(_outstanding.Values), Task.Delay(atMost));

    private async Task SettleAsync(long row, OutgoingMessage message)
    {
        try
        {
            // Once published, a confirm is worth waiting for even when stopping: it saves a repeat.
            await publisher.PublishAsync(message, CancellationToken.None);
            FailPoint.Passed(FailPoint.MessageConfirmed);
            _settled.Enqueue((row, null));
        }
        catch (PublishException refusal)
        {
            _settled.Enqueue((row, refusal));
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _broken, new(row, e), null);
        }

        bell.Wake();
    }

    private static OutgoingMessage MessageOf(OutboxRow row) => new()
    {
        Exchange = row.Exchange,
        RoutingKey = row.RoutingKey,
        MessageId = row.MessageId,
        Type = row.Type,
        CorrelationId = row.CorrelationId,
        TraceParent = row.TraceParent,
        Body = row.Body,
        Mandatory = row.Mandatory,
        ReplayOf = row.ReplayOf,
    };

    /// <summary>A publish that failed, and with it the channel.</summary>
    public sealed record Broken(long Row, Exception Exception);
}
