namespace Storefront.Messaging;

/// <summary>A queue this process is to consume.</summary>
/// <param name="IsConsumed">Messages can come.</param>
/// <param name="Since">When it came to this state.</param>
public sealed record ConsumerView(bool IsConsumed, DateTimeOffset Since);

/// <summary>All queues this process is to consume, by name; none while the broker is away.</summary>
/// <param name="Since">When it came to be that all are consumed, or that not all are.</param>
/// <param name="Queues">How each is.</param>
public sealed record ConsumersView(DateTimeOffset Since, IReadOnlyDictionary<string, ConsumerView> Queues)
{
    /// <summary>Messages can come from every queue. A process that consumes none has nobody who could.</summary>
    public bool AllConsumed => Queues.Count > 0 && Queues.Values.All(c => c.IsConsumed);

    /// <summary>The queues from which none can come.</summary>
    public IEnumerable<string> Stopped => Queues.Where(q => !q.Value.IsConsumed).Select(q => q.Key);
}

/// <summary>Holds the current <see cref="ConsumersView"/>; told by the session.</summary>
public sealed class ConsumersStatus(TimeProvider time)
{
    private readonly Lock _changing = new();
    private volatile ConsumersView _now = new(time.GetUtcNow(), new Dictionary<string, ConsumerView>(StringComparer.Ordinal));

    public ConsumersView Now => _now;

    /// <summary>These are the queues, and whether messages can come from them.</summary>
    internal void Set(IReadOnlyDictionary<string, bool> consumed)
    {
        lock (_changing)
        {
            var (before, now) = (_now, time.GetUtcNow());
            var queues = consumed.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key,
                c => before.Queues.TryGetValue(c.Key, out var known) && known.IsConsumed == c.Value ? known : new(c.Value, now), StringComparer.Ordinal);
            var after = new ConsumersView(now, queues);
            _now = after.AllConsumed == before.AllConsumed ? after with { Since = before.Since } : after;
        }
    }
}
