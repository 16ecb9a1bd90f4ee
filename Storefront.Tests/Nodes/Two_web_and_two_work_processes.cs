using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data.Postgres;
using Storefront.Orders;
using Storefront.Tests.Faults;

namespace Storefront.Tests.Nodes;

/// <summary>One shop of several processes on one PostgreSQL and one RabbitMQ, under load.</summary>
public sealed class Two_web_and_two_work_processes(ITestOutputHelper output) : IAsyncDisposable
{
    /// <summary>From a change to the watcher who has seen it.</summary>
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(2);

    /// <summary>On one connection to the hub, which takes fifty: on a slow machine more orders than that are under way at once.</summary>
    private const int StreamsEach = 25;

    /// <summary>What hangs for the longest: a message that was never told of, for half a minute, or an order that has to be set going again, for one.</summary>
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-nodes-").FullName;
    private readonly ConcurrentBag<TimeSpan> _delays = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lose_one_of_each_and_a_queue_of_news_and_keep_every_promise()
    {
        TestDatabase.SkipUnlessPostgres("several processes on one database");
        await using var broker = await PrivateBroker.StartAsync(Cancellation);
        var data = new ShopData(_folder);
        // Far more of everything than the customers take; the first process fills the shelves for all.
        (string, string)[] web = [("Workers:CoHosted", "false"), ("Catalog:OpeningStock", "100000")];
        // The first at the broker relays, so that its death is the relay's, too.
        await using var firstWeb = await ShopProcess.StartAsync(_folder, broker.Uri, Cancellation, web);
        await Watching.UntilAsync("the first web process relays", () => RelaysAsync(data), Cancellation);
        await using var secondWeb = await ShopProcess.StartAsync(_folder, broker.Uri, Cancellation, web);
        await using var firstWork = await WorkProcess.StartAsync(_folder, broker.Uri, Cancellation);
        await using var secondWork = await WorkProcess.StartAsync(_folder, broker.Uri, Cancellation);
        var ledger = await Ledger.OfAsync(data, Cancellation);
        var door = new TwoDoors(firstWeb.Client, secondWeb.Client);
        var customers = Customers.At(door, ledger);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watchers = WatchAsync(new Uri(secondWeb.Client.BaseAddress!, "/hubs/orders"), ledger, enough.Token);
        await customers.MoreAsync(10, Cancellation);

        ledger.Fault();
        await firstWork.KillAsync();
        await customers.MoreAsync(10, Cancellation);

        ledger.Fault();
        var watch = Stopwatch.StartNew();
        door.Change();
        await firstWeb.KillAsync();
        await Watching.UntilAsync("another relays", () => RelaysAsync(data), Cancellation);
        output.WriteLine($"The relay's place was taken over after {watch.Elapsed.TotalMilliseconds:0} ms");
        watch.Elapsed.ShouldBeLessThan(TakenOverWithin);
        await customers.MoreAsync(10, Cancellation);

        ledger.Fault();
        await DeleteNewsAsync(broker);
        await customers.MoreAsync(10, Cancellation);
        await customers.EndAsync();
        (await LedgerClosing.DrainedAsync(data, DrainedWithin, Cancellation)).ShouldBeTrue(await LeftAsync(data));
        await Watching.UntilAsync("every watcher has seen the end", () => Task.FromResult(_delays.Count >= ledger.Accepted || watchers.IsCompleted), Cancellation);
        await enough.CancelAsync();
        await watchers;

        output.WriteLine($"{_delays.Count} orders were watched to their end; it was seen after {_delays.Max().TotalMilliseconds:0} ms at the most");
        _delays.Count.ShouldBe(ledger.Accepted);
        _delays.Max().ShouldBeLessThan(SeenWithin);
        await ledger.ClosesAsync(data, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    /// <summary>Whoever has a queue of news loses it.</summary>
    private static async Task DeleteNewsAsync(PrivateBroker broker)
    {
        foreach (var queue in (await broker.ControlAsync("list_queues name --silent", Cancellation)).Split('\n', StringSplitOptions.TrimEntries).Where(q => q.StartsWith("shop.news.", StringComparison.Ordinal)))
        {
            await broker.ControlAsync($"delete_queue {queue}", Cancellation);
        }
    }

    /// <summary>What is not at its end, for whoever has to find out why.</summary>
    private static async Task<string> LeftAsync(ShopData data)
    {
        await using var db = data.OpenDatabase();
        var tasks = await db.OrderTasks.Where(t => t.State != TaskState.Done).Select(t => $"{t.Department} {t.State}, attempt {t.Attempts}, since {t.QueuedAt}").ToListAsync(Cancellation);
        return $"{tasks.Count} tasks and {await db.Outbox.CountAsync(Cancellation)} messages are left; the first: {string.Join("; ", tasks.Take(10))}";
    }

    private static async Task<bool> RelaysAsync(ShopData data)
    {
        await using var db = data.OpenDatabase();
        return (await db.Sql(PostgresLocks.Held).ListAsync(row => row.Number(0), Cancellation)).Contains(0);
    }

    /// <summary>Follows every order from its promise to its end.</summary>
    private async Task WatchAsync(Uri address, Ledger ledger, CancellationToken enough)
    {
        var hubs = new List<HubConnection>();
        try
        {
            await WatchAsync(address, hubs, ledger, enough);
        }
        finally
        {
            await Task.WhenAll(hubs.Select(h => h.DisposeAsync().AsTask()));
        }
    }

    private async Task WatchAsync(Uri address, List<HubConnection> hubs, Ledger ledger, CancellationToken enough)
    {
        var watched = new Dictionary<OrderNumber, Task>();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!enough.IsCancellationRequested)
        {
            foreach (var number in ledger.Versions.Keys.Where(n => !watched.ContainsKey(n)).ToList())
            {
                if (watched.Count == hubs.Count * StreamsEach)
                {
                    hubs.Add(new HubConnectionBuilder().WithUrl(address).AddJsonProtocol(json => OrderJson.Configure(json.PayloadSerializerOptions)).Build());
                    await hubs[^1].StartAsync(Cancellation);
                }

                watched[number] = FollowAsync(hubs[^1], number);
            }

            await ((Task)ticks.WaitForNextTickAsync(enough).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(watched.Values).WaitAsync(Watching.Bound, Cancellation);
    }

    private async Task FollowAsync(HubConnection hub, OrderNumber number)
    {
        var last = 0L;
        await foreach (var order in hub.StreamAsync<OrderSnapshot>("Follow", number.ToString(), Cancellation))
        {
            order.Version.ShouldBeGreaterThan(last);
            last = order.Version;
            if (order.CompletedAt is { } end)
            {
                _delays.Add(DateTimeOffset.UtcNow - end);
            }
        }
    }
}
