using Storefront.Data;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>
/// Orders placed minute by minute. A minute that is over is counted once and remembered, so that a reading costs what the last two minutes brought, and not the last hour.
/// Not for several readers at once.
/// </summary>
internal sealed class MinuteCounts
{
    /// <summary>How many minutes, the running one included.</summary>
    public const int Kept = 60;

    /// <summary>An order is committed within seconds of the moment it is placed; a minute later, nothing more comes to a minute.</summary>
    private const int Open = 2;

    private Dictionary<long, int> _closed = [];

    /// <summary>The counts up to now, the oldest first.</summary>
    public async Task<IReadOnlyList<int>> ReadAsync(StoreDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = now.UtcTicks / TimeSpan.TicksPerMinute;
        var first = last - Kept + 1;
        var from = first;
        while (_closed.ContainsKey(from))
        {
            from++;
        }

        var counts = (await db.Sql($"SELECT placed_at / {TimeSpan.TicksPerMinute}, count(*) FROM orders WHERE placed_at >= @from GROUP BY 1", ("@from", from * TimeSpan.TicksPerMinute))
            .ListAsync(row => (Minute: row.Number(0), Count: (int)row.Number(1)), cancellationToken)).ToDictionary(m => m.Minute, m => m.Count);
        for (var minute = first; minute < from; minute++)
        {
            counts[minute] = _closed[minute];
        }

        _closed = Enumerable.Range(0, Kept - Open).ToDictionary(i => first + i, i => counts.GetValueOrDefault(first + i));
        return [.. Enumerable.Range(0, Kept).Select(i => counts.GetValueOrDefault(first + i))];
    }
}
