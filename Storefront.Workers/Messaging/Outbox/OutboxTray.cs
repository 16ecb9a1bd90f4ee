using System.Collections.Concurrent;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// Hands rows that this process has just committed to its relay, so that in steady state nothing of the outbox is read. It holds no truth: what it
/// drops, or loses with the process, the relay finds in the table.
/// </summary>
public sealed class OutboxTray(OutboxBell bell)
{
    /// <summary>Rows held; when the relay is behind by more, it reads them from the table.</summary>
    private const int Most = 1024;

    private readonly ConcurrentQueue<OutboxRow> _rows = new();
    private long _earliest = long.MaxValue;

    /// <summary>A row has been committed that is due.</summary>
    public void Put(OutboxRow row)
    {
        if (_rows.Count < Most)
        {
            _rows.Enqueue(row);
            bell.Wake();
        }
        else
        {
            bell.Ring();
        }
    }

    /// <summary>A row has been committed that is due at the given time.</summary>
    public void Announce(DateTimeOffset notBefore)
    {
        long earliest;
        while (notBefore.UtcTicks < (earliest = Interlocked.Read(ref _earliest)) && Interlocked.CompareExchange(ref _earliest, notBefore.UtcTicks, earliest) != earliest)
        {
        }

        bell.Wake();
    }

    /// <summary>The earliest time that was announced since this was last asked; null: none was.</summary>
    internal DateTimeOffset? TakeEarliest() => Interlocked.Exchange(ref _earliest, long.MaxValue) is var ticks and not long.MaxValue ? new(ticks, TimeSpan.Zero) : null;

    internal bool TryTake(out OutboxRow row) => _rows.TryDequeue(out row!);

    internal void Clear() => _rows.Clear();
}
