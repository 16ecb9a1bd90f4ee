using System.Diagnostics;
using System.Globalization;

namespace Storefront.Tests.Faults.Soak;

/// <summary>
/// The shop's process and its broker under faults at random, from a seed, while customers order; then everything is undone and the six promises are checked.
/// Run by <c>./test.sh soak MINUTES [SEED]</c>.
/// </summary>
public sealed class A_long_run
{
    /// <summary>From the last fault undone to the last order finished.</summary>
    private static readonly TimeSpan TimeToDrain = TimeSpan.FromMinutes(3);

    [Fact(Explicit = true)]
    public async Task Of_faults_at_random_breaks_no_promise()
    {
        var minutes = int.Parse(Environment.GetEnvironmentVariable("STOREFRONT_SOAK_MINUTES") ?? "10", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("STOREFRONT_SOAK_SEED") ?? $"{Random.Shared.Next(1_000_000)}", CultureInfo.InvariantCulture);
        var folder = Environment.GetEnvironmentVariable("STOREFRONT_SOAK_FOLDER") ?? Directory.CreateTempSubdirectory("storefront-soak-").FullName;
        var data = new ShopData(folder);
        await using var node = await PrivateBroker.StartAsync(CancellationToken.None);
        await using var network = new BlackHole(node.Uri);
        var ledger = new Ledger { OpeningStock = Enumerable.Range(1, 42).ToDictionary(p => p, _ => HouseFaults.OpeningStock) };
        using var diary = new Diary(Path.Combine(folder, "diary.log"), ledger);
        var door = new RevolvingDoor();
        await using var house = new HouseFaults(seed, folder, network.Uri, door, diary);
        var broker = new BrokerFaults(seed + 1, node, network, diary, ledger);
        house.Broker = () => broker.State;

        var customers = Customers.At(door, ledger, customers: 4, regrets: 0.1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(TimeSpan.FromMinutes(minutes));
        await Task.WhenAll(house.RunAsync(enough.Token), broker.RunAsync(enough.Token));

        diary.Note("the faults are over");
        await customers.EndAsync();
        var watch = Stopwatch.StartNew();
        await LedgerClosing.DrainedAsync(data, TimeToDrain, CancellationToken.None);
        var timeToDrain = watch.Elapsed;
        diary.Note("everything is at its end, or the time for it is over");
        var audit = await Audit.TakeAsync(ledger, data, CancellationToken.None);
        var report = $"Seed {seed}, {minutes} minutes{Environment.NewLine}{Report(audit.Figures with { TimeToDrain = timeToDrain }, diary, house, customers)}";
        await File.WriteAllLinesAsync(Path.Combine(folder, "figures.txt"), [report, .. audit.Broken.Select(b => $"BROKEN: {b}")], CancellationToken.None);
        Say(report);

        audit.Broken.ShouldBeEmpty($"seed {seed}; what happened when is in {diary.File}, the shop's output beside it");
        await EmptyAsync(node);
        house.LongestCatchUp.ShouldBeLessThan(TimeSpan.FromSeconds(2), "what was left in the outbox is published soon after the shop answers");
    }

    /// <summary>No message is left in a queue: the last acks, and repeats of what is done, come a moment after the last order's end.</summary>
    private static Task EmptyAsync(PrivateBroker node)
    {
        return Watching.UntilAsync("every queue empty", async () =>
        {
            var queues = await node.ControlAsync("list_queues name messages --no-table-headers", CancellationToken.None);
            return queues.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(q => q.EndsWith("\t0", StringComparison.Ordinal));
        }, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    private static string Report(Figures figures, Diary diary, HouseFaults house, Customers customers)
    {
        var counts = diary.Counts.OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        return string.Join(Environment.NewLine,
        [
            $"Faults: {counts.Sum(c => c.Value)}",
            .. counts.Select(c => $"  {c.Value,5}  {c.Key}"),
            $"Broker deaths: {counts.Where(c => c.Key.StartsWith(BrokerFaults.Death, StringComparison.Ordinal)).Sum(c => c.Value)}",
            $"Ledger: {figures}",
            $"Longest wait for an answer to POST /order: {customers.LongestWait.TotalSeconds:0.0} s",
            $"From live to the outbox of the life before published: {house.LongestCatchUp.TotalSeconds:0.00} s at most, of {house.CatchUps} times",
        ]);
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);
}
