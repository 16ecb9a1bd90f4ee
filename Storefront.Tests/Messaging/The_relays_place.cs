using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;
using Storefront.Data;
using Storefront.Data.Postgres;
using Storefront.Data.Sqlite;
using Storefront.Messaging.Outbox;
using static Storefront.Tests.Messaging.Writing;

namespace Storefront.Tests.Messaging;

/// <summary>One process relays; the next stands by, and while there is nothing to do it costs next to nothing.</summary>
public sealed class The_relays_place(SharedBroker broker, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-relay-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_taken_over_when_its_process_is_killed()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using var outsider = await Outsider.ConnectAsync(host);
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));
        await using var first = await ShopProcess.StartAsync(_folder, host, Cancellation);
        await outsider.DeclaredAsync("shop.dead");
        await Watching.UntilAsync("the first relays", IsTakenAsync, Cancellation);
        await using var second = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder, ["Broker:Uri"] = host.ToString() });
        var status = second.Services.GetRequiredService<RelayStatus>();
        await Watching.UntilAsync("the second stands by", () => Task.FromResult(status.Now.State == RelayState.Elsewhere), Cancellation);

        await first.KillAsync();
        var watch = Stopwatch.StartNew();
        await second.WriteAsync(Letter("from the second"));
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("from the second");

        Promptness.Note("Taken over", watch.Elapsed, TakenOverWithin);
        status.Now.State.ShouldBe(RelayState.AtWork);
    }

    [Fact]
    public async Task Is_asked_for_so_often_that_it_is_taken_over_within_two_seconds()
    {
        // This shop has no broker, so the two here are the only ones who want the place.
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder });
        var clock = new SleepClock();
        var (first, second) = (Relay.LockOf(shop, new OutboxBell(), TimeProvider.System), Relay.LockOf(shop, new OutboxBell(), clock));
        await Task.WhenAll(first.StartAsync(Cancellation), second.StartAsync(Cancellation));
        await first.TakeAsync(() => { }, Cancellation);
        var refused = int.MaxValue;
        var taking = second.TakeAsync(() => refused = clock.Sleeps, Cancellation);
        await Watching.UntilAsync("refused, and asleep", () => Task.FromResult(clock.Sleeps > refused), Cancellation);

        await first.StopAsync(Cancellation);
        ((IDisposable)first).Dispose();
        await Watching.UntilAsync("the place is free", async () => !await IsTakenAsync(), Cancellation);
        taking.IsCompleted.ShouldBeFalse();
        clock.Advance(TakenOverWithin);

        (await taking.WaitAsync(Watching.Bound, Cancellation)).Lost.IsCancellationRequested.ShouldBeFalse();
        await second.StopAsync(Cancellation);
        ((IDisposable)second).Dispose();
    }

    [Fact]
    public async Task Costs_no_more_than_a_query_in_ten_seconds_while_nothing_is_to_be_sent()
    {
        // This shop has no broker, so the only relay on its database is the one with the clock that can be read.
        TestDatabase.SkipUnlessSqlite("it tells of every statement");
        var queries = new Queries();
        await using var shop = await TestShop.OpenAsync(services: s => s.ConfigureDbContext<SqliteStoreDb>(options => options.AddInterceptors(queries)));
        var host = await broker.NewHostAsync(Cancellation);
        var clock = new SleepClock();
        await using var relay = await Relay.StartAsync(shop, host, clock);
        await clock.AsleepAsync(1);
        var (before, slept) = (queries.Count, TimeSpan.Zero);

        for (var sleep = 1; sleep <= 20; sleep++)
        {
            slept += clock.LastSleep;
            clock.Advance(clock.LastSleep);
            await clock.AsleepAsync(sleep + 1);
        }

        var asked = queries.Count - before;
        output.WriteLine($"{asked} queries in {slept.TotalSeconds} s");
        asked.ShouldBeGreaterThan(0, "it did look");
        (asked / slept.TotalSeconds).ShouldBeLessThanOrEqualTo(0.1);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    private async Task<bool> IsTakenAsync()
    {
        if (TestDatabase.Provider == DatabaseProvider.Postgres)
        {
            await using var db = new ShopData(_folder).OpenDatabase();
            return (await db.Sql(PostgresLocks.Held).ListAsync(row => row.Number(0), Cancellation)).Contains(0);
        }

        try
        {
            await using var mine = new FileStream(Path.Combine(_folder, "shop.db.relay"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            // Held by somebody; or not there yet, which is asked again.
            return File.Exists(Path.Combine(_folder, "shop.db.relay"));
        }
    }

    /// <summary>A clock that knows when, and for how long, its only user has gone to sleep by it.</summary>
    private sealed class SleepClock : FakeTimeProvider
    {
        private int _sleeps;
        private long _last;

        public int Sleeps => Volatile.Read(ref _sleeps);

        public TimeSpan LastSleep => new(Interlocked.Read(ref _last));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Exchange(ref _last, dueTime.Ticks);
            Interlocked.Increment(ref _sleeps);
            return timer;
        }

        public Task AsleepAsync(int times) => Watching.UntilAsync($"asleep for the {times}. time", () => Task.FromResult(Sleeps >= times), Cancellation);
    }

    /// <summary>Counts what a shop's database is asked about the outbox, whoever asks: SQLite itself tells of every statement.</summary>
    private sealed class Queries : DbConnectionInterceptor
    {
        private readonly ConditionalWeakTable<sqlite3, object?> _known = [];
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            // One that comes out of the pool is listened to already.
            var handle = ((SqliteConnection)connection).Handle!;
            if (_known.TryAdd(handle, null))
            {
                raw.sqlite3_trace(handle, (object _, string statement) => Note(statement), null);
            }
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }

        private void Note(string statement)
        {
            if (statement.Contains("outbox", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
            }
        }
    }
}
