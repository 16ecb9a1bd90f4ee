using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Storefront.Orders;

namespace Storefront.Web.Live;

/// <summary>There is no order of that number.</summary>
public sealed class NoSuchOrderException(OrderNumber number) : Exception($"There is no order {number}.");

/// <summary>
/// Follows orders for whoever watches: a snapshot first, then a newer one after each change, until everything is done.
/// News are hints; every <see cref="LookAfterEvery"/> one query looks after all watched orders, in case a hint got lost.
/// </summary>
public sealed partial class OrderFollower(OrderReader reader, OrderNews news, TimeProvider time, ILogger<OrderFollower> log) : BackgroundService
{
    /// <summary>The contract's bound: the newest version arrives within this time even if a hint was lost.</summary>
    public static readonly TimeSpan LookAfterEvery = TimeSpan.FromSeconds(4);

    /// <summary>Changes closer together than this reach a watcher as one.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(40);

    private readonly ConcurrentDictionary<Watcher, byte> _watchers = new();

    /// <summary>The order now, and again whenever it changed; versions rise, intermediate ones may be skipped; ends after the complete one.</summary>
    /// <exception cref="NoSuchOrderException">At the first move, when there is no such order.</exception>
    public async IAsyncEnumerable<OrderSnapshot> FollowAsync(OrderNumber number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher(number);
        using var listening = news.Listen(watcher.Hear);
        _watchers[watcher] = 0;
        try
        {
            while (true)
            {
                // Subscribed before reading, so nothing falls between snapshot and news.
                var snapshot = await reader.FindAsync(number, cancellationToken) ?? throw new NoSuchOrderException(number);
                if (snapshot.Version > watcher.Seen)
                {
                    watcher.Seen = snapshot.Version;
                    yield return snapshot;
                }

                if (snapshot.IsComplete)
                {
                    yield break;
                }

                await Task.Delay(Gap, time, cancellationToken);
                await watcher.NewerAsync(cancellationToken);
            }
        }
        finally
        {
            _watchers.TryRemove(watcher, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAfterEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAfterAsync(stoppingToken);
            }
            catch (System.Data.Common.DbException e)
            {
                Log.LookFailed(log, e);
            }
        }
    }

    private async Task LookAfterAsync(CancellationToken cancellationToken)
    {
        var seen = _watchers.Keys.GroupBy(w => w.Number).ToDictionary(g => g.Key, g => g.Min(w => w.Seen));
        if (seen.Count == 0)
        {
            return;
        }

        foreach (var change in await reader.NewerThanAsync(seen, cancellationToken))
        {
            news.Publish(change);
        }
    }

    /// <summary>One who watches: remembers only the newest version heard of.</summary>
    private sealed class Watcher(OrderNumber number)
    {
        private readonly Channel<long> _heard = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        private long _seen;

        public OrderNumber Number => number;

        public long Seen
        {
            get => Volatile.Read(ref _seen);
            set => Volatile.Write(ref _seen, value);
        }

        public void Hear(OrderChanged change)
        {
            if (change.Number == number && change.Version > Seen)
            {
                _heard.Writer.TryWrite(change.Version);
            }
        }

        public async Task NewerAsync(CancellationToken cancellationToken)
        {
            while (await _heard.Reader.ReadAsync(cancellationToken) <= Seen)
            {
                // An old hint, already covered by what was read.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after the watched orders failed; the next look follows")]
        public static partial void LookFailed(ILogger log, Exception e);
    }
}
