using System.Collections.Concurrent;
using System.Diagnostics;
using Storefront.Orders;
using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// From a change of an order to whoever follows it. Five departments take a second for a task and have five pairs of hands each, so that orders change
/// 50 times a second; each stream follows an order of its own. A change's time is the one it says itself, which the shop takes before it commits.
/// </summary>
/// <param name="streams">Streams of the hub.</param>
/// <param name="page">Whether a tracker's page is open beside them, in a browser.</param>
/// <param name="length">How long is measured.</param>
internal sealed class NewsCase(int streams, bool page, TimeSpan length) : ICase
{
    private const int Hands = 5;

    /// <summary>With fewer streams the process's own ups and downs are larger than what streams take.</summary>
    private const int Many = 200;

    private static readonly string[] Settings =
    [
        "Simulation:TimeScale=1", .. OrderTerms.Departments.SelectMany(d => (string[])[$"Departments:{d}:Duration=1 s", $"Departments:{d}:Concurrency={Hands}"]),
    ];

    public string Name => $"news-{streams}{(page ? "+page" : "")}";

    public string Meaning => $"from change to client at 50 changes a second, {streams:N0} hub stream{(streams == 1 ? "" : "s")}{(page ? " and an open tracker page" : "")}, {length.TotalSeconds:0.#} s";

    public bool Suits(IPeer peer) => peer.IsShop;

    public bool StartsItself => true;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        await contestant.BeginAsync(keep: false, Settings, cancellationToken);
        // Those that are completed meanwhile are replaced by others.
        var spare = (int)((length.TotalSeconds + 60) * Hands);
        var since = Stopwatch.StartNew();
        var orders = await PlaceAsync(contestant, streams + spare);
        // The departments take so many orders a second, the oldest first: that is the one whose turn comes now.
        string Beginning() => orders[Math.Min(orders.Count - 1, (int)((since.Elapsed.TotalSeconds + 1) * Hands))];
        var own = new ConcurrentQueue<string>(orders);

        var before = ProcessTree.Megabytes(contestant.Id);
        await using var hub = await HubStreams.OpenAsync(contestant.Address, streams < spare ? Beginning : () => own.TryDequeue(out var order) ? order : null, streams, cancellationToken);
        var perStream = (ProcessTree.Megabytes(contestant.Id) - before) * 1024 / streams;

        hub.Begin();
        var (cpu, watch) = (contestant.Cpu, Stopwatch.StartNew());
        var shown = await WatchAsync(contestant.Address, Beginning, cancellationToken);
        var (used, seconds, delays) = (contestant.Cpu.Since(cpu), watch.Elapsed.TotalSeconds, Latencies.Of(hub.Delays));
        return
        [
            new("p50 ms", delays.Percentile(50)), new("p95 ms", delays.Percentile(95)), new("p99 ms", delays.Percentile(99)), new("snapshots/s", delays.Count / seconds),
            .. shown is null ? (Figure[])[] : [new("page p50 ms", shown.Percentile(50)), new("page p95 ms", shown.Percentile(95)), new("page changes", shown.Count)],
            new("streams lost", hub.Faults), .. streams < Many ? (Figure[])[] : [new("RSS KB/stream", perStream)], new("app CPU %", used.App * 100 / seconds), new("generator CPU %", used.Generator * 100 / seconds),
            new("RSS MB", ProcessTree.Megabytes(contestant.Id)),
        ];
    }

    private static async Task<IReadOnlyList<string>> PlaceAsync(Contestant contestant, int count)
    {
        var numbers = new ConcurrentQueue<string>();
        var outcome = Connections.Closed(contestant.EndPoint, contestant.Orders, 4, TimeSpan.FromMinutes(2), count, connection =>
        {
            if (OrderAnswer.NumberIn(connection.Answer) is { } number)
            {
                numbers.Enqueue(number);
            }
        });
        return outcome.Served == count ? [.. numbers] : throw new InvalidOperationException($"{outcome.Served} of {count} orders were taken.");
    }

    /// <summary>Lets the time pass; what the page showed meanwhile, or null without one.</summary>
    private async Task<Latencies?> WatchAsync(Uri shop, Func<string> next, CancellationToken cancellationToken)
    {
        if (page)
        {
            try
            {
                await using var window = new TrackerWindow(shop);
                return Latencies.Of(await window.WatchAsync(next, length, cancellationToken));
            }
            catch (InvalidOperationException e)
            {
                await Console.Error.WriteLineAsync($"{Name}: the open page is left out. {e.Message}");
            }
        }

        await Task.Delay(length, cancellationToken);
        return null;
    }
}
