using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// Rows that the broker will not have: those it refused rest, or are parked after a while. Of those that were out on a channel that one of them broke, each is
/// published alone, and the one that fails alone is parked. Used by the relay alone.
/// </summary>
public sealed partial class UnwantedRows(OutboxTable table, RelayStatus status, ShopMetrics metrics, TimeProvider time, ILogger<UnwantedRows> log)
{
    private readonly Refusals _refusals = new();

    /// <summary>Rows of which one broke its channel. It may have taken the connection along, so they outlive the session.</summary>
    private readonly SortedSet<long> _suspects = [];

    /// <summary>Whether nothing may go out but suspects, one by one.</summary>
    public bool AreSuspected => _suspects.Count > 0;

    /// <summary>Rows that were refused last time.</summary>
    public int Refused => _refusals.Rows;

    /// <summary>Publishes the first suspect that is still there.</summary>
    internal async Task<int> PublishSuspectAsync(RelayWindow window, CancellationToken cancellationToken)
    {
        var row = await table.FirstAsync([.. _suspects], cancellationToken);
        _suspects.RemoveWhere(id => row is null || id < row.Id);
        if (row is not null)
        {
            window.Publish(row);
        }

        return 1;
    }

    /// <summary>The broker would not take these, or handed them back.</summary>
    internal async Task RefuseAsync(RelayWindow window, RelayFeed feed, List<(long Row, PublishException Refusal)> refused, CancellationToken cancellationToken)
    {
        var resting = new List<(long Row, TimeSpan Pause)>();
        foreach (var (row, refusal) in refused)
        {
            if (_refusals.Add(row, refusal.IsReturn) is { } rest)
            {
                resting.Add((row, rest));
            }
            else
            {
                await ParkAsync(window, row, $"no queue takes it; it was handed back {Refusals.MostReturns} times. Bind a queue to its exchange and routing key, then replay it", refusal, Refusals.MostReturns, cancellationToken);
            }
        }

        await RestAsync(window, feed, resting, refused[0].Refusal.IsReturn ? "no queue takes it" : "the broker would not take it", cancellationToken);
    }

    /// <summary>After a channel is done for: whatever was out on it may have done it, unless it was out alone. Then it was that one.</summary>
    internal async Task JudgeAsync(RelayWindow window, RelayFeed feed, CancellationToken cancellationToken)
    {
        if (window.Fault is not var (row, fault) || BadRow.ReasonIn(fault) is not { } reason)
        {
            return;
        }

        if (_suspects.Count == 0)
        {
            _suspects.UnionWith(window.Outstanding);
        }
        else if (BadRow.IsForbidden(fault))
        {
            await RestAsync(window, feed, [(row, _refusals.Add(row, isReturn: false)!.Value)], reason, cancellationToken);
        }
        else
        {
            await ParkAsync(window, row, reason, fault, 1, cancellationToken);
        }
    }

    /// <summary>These are gone from the outbox, or wait there for another time.</summary>
    internal void Forget(RelayWindow window, long[] rows, bool forGood)
    {
        window.Forget(rows);
        _suspects.ExceptWith(rows);
        if (forGood && _refusals.Rows > 0)
        {
            _refusals.Forget(rows);
            status.AtWork(_refusals.Rows, null);
        }
    }

    private async Task RestAsync(RelayWindow window, RelayFeed feed, List<(long Row, TimeSpan Pause)> resting, string reason, CancellationToken cancellationToken)
    {
        if (resting.Count > 0)
        {
            await table.RestAsync(resting, cancellationToken);
            feed.Expect(time.GetUtcNow() + resting.Min(r => r.Pause));
            metrics.Refused(resting.Count);
            Log.Refused(log, resting.Count, reason);
            Forget(window, [.. resting.Select(r => r.Row)], forGood: false);
            status.AtWork(_refusals.Rows, reason);
        }
    }

    private async Task ParkAsync(RelayWindow window, long row, string reason, Exception fault, int attempts, CancellationToken cancellationToken)
    {
        await table.ParkAsync(row, $"The broker would not take it: {reason}.", fault, attempts, cancellationToken);
        metrics.Parked();
        Forget(window, [row], forGood: true);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused {Count} messages ({Reason}); they stay in the outbox")]
        public static partial void Refused(ILogger log, int count, string reason);
    }
}
