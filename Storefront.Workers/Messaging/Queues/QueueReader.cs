using Microsoft.Extensions.Logging;

namespace Storefront.Messaging.Queues;

/// <summary>
/// What the broker says of the shop's queues, from whoever knows most and answers. Asked by all who look at about the same time, the broker is asked once;
/// while nobody looks, not at all.
/// </summary>
public sealed partial class QueueReader(IEnumerable<IQueueSource> sources, IEnumerable<QueueBinding> bindings, TimeProvider time, ILogger<QueueReader> log) : IDisposable
{
    /// <summary>How old figures may be before they are asked for again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<IQueueSource> _sources = [.. sources.OrderBy(s => s.Kind)];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile BrokerFigures? _latest;

    /// <summary>The shop's queues, in the order in which an order passes them.</summary>
    public IReadOnlyList<string> Queues { get; } = [Topology.Orders, .. bindings.Where(b => b.IsUsed).Select(b => b.Queue), Topology.Dead];

    /// <summary>The figures, at most <see cref="Fresh"/> old.</summary>
    public async Task<BrokerFigures> NowAsync(CancellationToken cancellationToken)
    {
        if (Latest is { } known)
        {
            return known;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Somebody may have asked while this waited.
            return Latest ?? (_latest = await ReadAsync(cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private BrokerFigures? Latest => _latest is { } latest && latest.At + Fresh > time.GetUtcNow() ? latest : null;

    private async Task<BrokerFigures> ReadAsync(CancellationToken cancellationToken)
    {
        string? missed = null;
        foreach (var source in _sources)
        {
            try
            {
                return (await source.ReadAsync(Queues, cancellationToken)) with { Missed = missed };
            }
            catch (FiguresNotHadException e)
            {
                Log.NotHad(log, source.Kind, e.Message);
                missed = missed is null ? e.Message : $"{missed}; {e.Message}";
            }
        }

        return new(time.GetUtcNow(), FiguresSource.None, missed, [.. Queues.Select(q => new QueueFigures(q))]);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "No figures of the queues by {Source}: {Reason}")]
        public static partial void NotHad(ILogger log, FiguresSource source, string reason);
    }
}
