using System.Collections.Frozen;
using System.Data.Common;
using System.Threading.Channels;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Feed;

/// <summary>What is new in the back office: the numbers now, and which orders changed since the last tick.</summary>
public sealed record OfficeTick(OfficeNumbers Numbers, IReadOnlySet<OrderNumber> Changed);

/// <summary>
/// Keeps every open back-office page current. Changes are gathered and told at most once a second, with one set of queries for all pages;
/// without a change, every five seconds, since ages and "last minute" change by themselves. While nobody watches, nothing is read.
/// </summary>
public sealed partial class OfficeFeed(OfficeCounts counts, OrderNews news, DatabaseStatus database, TimeProvider time, ILogger<OfficeFeed> log) : BackgroundService
{
    /// <summary>The shortest time between two ticks.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two ticks while somebody watches.</summary>
    public static readonly TimeSpan AgeEvery = TimeSpan.FromSeconds(5);

    private readonly Listeners<OfficeTick> _watchers = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _changedLock = new();
    private HashSet<OrderNumber> _changed = [];
    private volatile OfficeNumbers? _latest;

    /// <summary>Tells <paramref name="watcher"/> about every tick, the first at once, until the returned subscription is disposed. It must only hand over and return.</summary>
    public IDisposable Watch(Action<OfficeTick> watcher)
    {
        var watching = _watchers.Add(watcher);
        Ring();
        return watching;
    }

    /// <summary>The numbers for a page that opens: those just told to the other pages, or freshly read.</summary>
    public async ValueTask<OfficeNumbers> NowAsync(CancellationToken cancellationToken) =>
        _latest is { } latest && latest.At + AgeEvery > time.GetUtcNow() ? latest : _latest = await counts.ReadAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = news.Listen(Hear);
        await using var ageing = time.CreateTimer(_ => Ring(), null, AgeEvery, AgeEvery);
        while (await _bell.Reader.WaitToReadAsync(stoppingToken))
        {
            // Silenced before reading: a change during the queries rings for the next tick.
            _bell.Reader.TryRead(out _);
            var changed = TakeChanged();
            if (_watchers.IsEmpty)
            {
                continue;
            }

            try
            {
                _latest = await counts.ReadAsync(stoppingToken);
                database.Worked();
                _watchers.Tell(new(_latest, changed));
            }
            catch (DbException e)
            {
                Log.ReadFailed(log, e);
                database.Failed(e);
                PutBack(changed);
                if (_latest is { } old)
                {
                    // The pages also show how the shop is, and that has changed.
                    _watchers.Tell(new(old, FrozenSet<OrderNumber>.Empty));
                }
            }

            await Task.Delay(Gap, time, stoppingToken);
        }
    }

    private void Hear(OrderChanged change)
    {
        if (_watchers.IsEmpty)
        {
            return;
        }

        lock (_changedLock)
        {
            _changed.Add(change.Number);
        }

        Ring();
    }

    private void Ring() => _bell.Writer.TryWrite(true);

    private HashSet<OrderNumber> TakeChanged()
    {
        lock (_changedLock)
        {
            (var taken, _changed) = (_changed, []);
            return taken;
        }
    }

    private void PutBack(HashSet<OrderNumber> changed)
    {
        lock (_changedLock)
        {
            _changed.UnionWith(changed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The back office's numbers could not be read; the next tick tries again")]
        public static partial void ReadFailed(ILogger log, Exception e);
    }
}
