using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Tests.BackOffice;

public sealed class The_office_feed : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private CountedReads _reads = null!;
    private OfficeFeed _feed = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _reads = new CountedReads(_desk.Contexts);
        _feed = new OfficeFeed(new OfficeCounts(_reads, _desk.Clock), _desk.News, _desk.Get<DatabaseStatus>(), _desk.Clock, NullLogger<OfficeFeed>.Instance);
        await _feed.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Reads_nothing_while_nobody_watches()
    {
        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        var heard = new ConcurrentQueue<OfficeTick>();
        using (_feed.Watch(heard.Enqueue))
        {
            await NextAsync(heard);
        }

        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(5));

        // The tick of a new watcher is the marker: before it, nothing was read for nobody.
        using var watching = _feed.Watch(heard.Enqueue);
        await NextAsync(heard);
        _reads.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Tells_all_watchers_of_many_changes_with_one_reading()
    {
        var (mine, others) = (new ConcurrentQueue<OfficeTick>(), new ConcurrentQueue<OfficeTick>());
        using var watching = _feed.Watch(mine.Enqueue);
        await NextAsync(mine);
        using var alsoWatching = _feed.Watch(others.Enqueue);
        var placed = new HashSet<OrderNumber>();
        for (var i = 0; i < 20; i++)
        {
            placed.Add(await _desk.PlaceAsync());
        }

        var tick = await NextAsync(mine);
        tick.Changed.ShouldBe(placed, ignoreOrder: true);
        tick.Numbers.LastMinute.Count.ShouldBe(20);
        (await NextAsync(others)).ShouldBeSameAs(tick);
        _reads.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Looks_again_after_five_quiet_seconds_since_numbers_age()
    {
        await _desk.PlaceAsync();
        var ticks = new ConcurrentQueue<OfficeTick>();
        using var watching = _feed.Watch(ticks.Enqueue);
        (await NextAsync(ticks)).Numbers.LastMinute.Count.ShouldBe(1);
        _desk.Clock.Advance(TimeSpan.FromMinutes(2));
        (await NextAsync(ticks)).Numbers.LastMinute.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Gives_a_page_that_opens_the_numbers_just_told()
    {
        var ticks = new ConcurrentQueue<OfficeTick>();
        using var watching = _feed.Watch(ticks.Enqueue);
        var told = (await NextAsync(ticks)).Numbers;
        (await _feed.NowAsync(Cancellation)).ShouldBeSameAs(told);
        _reads.Count.ShouldBe(1);
    }

    /// <summary>The next tick. The clock runs on meanwhile, so that the feed gets past its pauses; while nobody asks, it stands still.</summary>
    private async Task<OfficeTick> NextAsync(ConcurrentQueue<OfficeTick> heard)
    {
        OfficeTick? next = null;
        await Watching.UntilAsync("a tick", () =>
        {
            _desk.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(heard.TryDequeue(out next));
        }, Cancellation);
        return next.ShouldNotBeNull();
    }

    private sealed class CountedReads(IDbContextFactory<StoreDb> contexts) : IDbContextFactory<StoreDb>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public StoreDb CreateDbContext()
        {
            Interlocked.Increment(ref _count);
            return contexts.CreateDbContext();
        }
    }
}
