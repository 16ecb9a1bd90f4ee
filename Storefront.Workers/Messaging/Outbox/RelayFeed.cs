namespace Storefront.Messaging.Outbox;

/// <summary>
/// What the relay is to publish next: from the tray while that has everything, from the table when it may not (at the start, when the bell was rung,
/// when the tray was full, when the time of a row has come). Used by the relay alone.
/// </summary>
internal sealed class RelayFeed(OutboxTable table, OutboxTray tray, OutboxBell bell, TimeProvider time)
{
    /// <summary>The longest time without a look into the table: finds what another process left behind.</summary>
    public static readonly TimeSpan SlowSweep = TimeSpan.FromSeconds(30);

    /// <summary>Rows of the last look. What was committed while it was made came by the tray as well.</summary>
    private readonly HashSet<long> _looked = [];

    private bool _behind = true;
    private DateTimeOffset _next = DateTimeOffset.MaxValue;

    /// <summary>How long until a row may come due of which nobody tells.</summary>
    public TimeSpan UntilNext => TimeSpan.FromTicks(Math.Clamp((_next - time.GetUtcNow()).Ticks, 0, SlowSweep.Ticks));

    /// <summary>The table holds something that the tray will not bring.</summary>
    public void LookNext() => _behind = true;

    /// <summary>A row comes due then.</summary>
    public void Expect(DateTimeOffset notBefore) => _next = notBefore < _next ? notBefore : _next;

    /// <summary>Rows whose time has come, at most as many; none: nothing is due that it knows of.</summary>
    /// <param name="atMost">More than 0.</param>
    /// <param name="outstanding">Rows published already, and still in the table.</param>
    /// <param name="cancellationToken">Gives up waiting for the database.</param>
    public async Task<IReadOnlyList<OutboxRow>> TakeAsync(int atMost, IReadOnlyCollection<long> outstanding, CancellationToken cancellationToken)
    {
        if (tray.TakeEarliest() is { } announced)
        {
            Expect(announced);
        }

        return bell.TakeRing() | _behind | time.GetUtcNow() >= _next ? await LookAsync(atMost, outstanding, cancellationToken) : FromTray(atMost);
    }

    private async Task<IReadOnlyList<OutboxRow>> LookAsync(int atMost, IReadOnlyCollection<long> outstanding, CancellationToken cancellationToken)
    {
        _behind = true;
        // Before the look: what is in the tray now is in the table for certain.
        tray.Clear();
        var now = time.GetUtcNow();
        var due = await table.DueAsync(now, outstanding, atMost, cancellationToken);
        _looked.Clear();
        _looked.UnionWith(due.Select(r => r.Id));
        _behind = due.Count == atMost;
        _next = now + SlowSweep;
        if (await table.NextAfterAsync(now, cancellationToken) is { } next)
        {
            Expect(next);
        }

        return due;
    }

    private List<OutboxRow> FromTray(int atMost)
    {
        var rows = new List<OutboxRow>();
        while (rows.Count < atMost && tray.TryTake(out var row))
        {
            if (!_looked.Contains(row.Id))
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
