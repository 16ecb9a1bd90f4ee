using System.Collections.Concurrent;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// The messages that are published and not yet confirmed. It slides: a slow confirm holds up nothing but its own row.
/// (A classic queue may confirm only when a consumer has acked; the next step of an order must not wait for that.)
/// Used by the relay alone; only the settling happens on other threads.
/// </summary>
internal sealed class RelayWindow(ConfirmedPublisher publisher, OutboxBell bell)
{
    /// <summary>Messages outstanding at once; more only adds latency.</summary>
    private const int Size = 256;

    private readonly Dictionary<long, Task> _outstanding = [];
    private readonly ConcurrentQueue<(long Id, Exception? Fault)> _settled = new();
    private readonly ConcurrentQueue<long[]> _rested = new();

    /// <summary>How many more may be published now.</summary>
    public int Free => Size - _outstanding.Count;

    /// <summary>The rows published and not yet forgotten.</summary>
    public long[] Outstanding => [.. _outstanding.Keys];

    /// <summary>Publishes a row; the bell rings when it is settled.</summary>
    public void Publish(long id, OutgoingMessage message)
    {
        _outstanding[id] = SettleAsync(id, message);
        FailPoint.Passed(FailPoint.MessagePublished);
    }

    /// <summary>What has been settled since the last time, each with its fault; null: confirmed.</summary>
    public IReadOnlyList<(long Id, Exception? Fault)> TakeSettled()
    {
        var settled = new List<(long, Exception?)>();
        while (_settled.TryDequeue(out var one))
        {
            settled.Add(one);
        }

        return settled;
    }

    /// <summary>The rows are gone from the outbox, or may be published again.</summary>
    public void Forget(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            _outstanding.Remove(id);
        }
    }

    /// <summary>The rows may be published again once they have rested; others go on meanwhile.</summary>
    public void ForgetLater(long[] ids, TimeSpan rest, TimeProvider time) => _ = RestAsync(ids, rest, time);

    /// <summary>Lets those be published again that have rested, and says how many.</summary>
    public int TakeRested()
    {
        var count = 0;
        for (; _rested.TryDequeue(out var rested); count += rested.Length)
        {
            Forget(rested);
        }

        return count;
    }

    /// <summary>Waits for all that is outstanding, at most as long as given.</summary>
    public Task SettleAsync(TimeSpan atMost) => Task.WhenAny(Task.WhenAll(_outstanding.Values), Task.Delay(atMost));

    private async Task RestAsync(long[] ids, TimeSpan rest, TimeProvider time)
    {
        await Task.Delay(rest, time);
        _rested.Enqueue(ids);
        bell.Ring();
    }

    private async Task SettleAsync(long id, OutgoingMessage message)
    {
        Exception? fault = null;
        try
        {
            // Once published, a confirm is worth waiting for even when stopping: it saves a repeat.
            await publisher.PublishAsync(message, CancellationToken.None);
            FailPoint.Passed(FailPoint.MessageConfirmed);
        }
        catch (Exception e)
        {
            fault = e;
        }

        _settled.Enqueue((id, fault));
        bell.Ring();
    }
}
