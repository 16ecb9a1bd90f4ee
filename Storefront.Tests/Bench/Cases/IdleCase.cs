using System.Diagnostics;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// What a shop costs that nobody visits, some seconds after its start. Queries are those that EF Core logs: what the shop runs without EF Core belongs
/// to commits, and those are counted too.
/// </summary>
internal sealed class IdleCase(TimeSpan length) : ICase
{
    private const string Log = "Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command=Information";
    private const string Logged = "Executed DbCommand";

    /// <summary>For the first looks after a start, and for the compiler's second thoughts.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public string Meaning => $"a shop that nobody visits, for {length.TotalSeconds:0.#} s; queries: those that EF Core logs; commits: as the database tells";

    public bool Suits(IPeer peer) => peer.IsShop;

    public bool StartsItself => true;

    public int MostRounds => 1;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        await contestant.BeginAsync(keep: false, [Log], cancellationToken);
        await Task.Delay(Settling < length ? Settling : length, cancellationToken);

        if (CountQueries(contestant) == 0)
        {
            throw new InvalidOperationException("Not even the queries of the start are in the log, so they cannot be counted there.");
        }

        var (queries, before, watch) = (CountQueries(contestant), contestant.Cpu, Stopwatch.StartNew());
        var traffic = await contestant.WatchDatabaseAsync(length, cancellationToken);
        var (used, seconds) = (contestant.Cpu.Since(before), watch.Elapsed.TotalSeconds);
        return
        [
            new("app CPU %", used.App * 100 / seconds), new("broker CPU %", used.Broker * 100 / seconds),
            .. used.Database is { } database ? (Figure[])[new("database CPU %", database * 100 / seconds)] : [],
            new("queries/s", (CountQueries(contestant) - queries) / seconds), traffic, new("RSS MB", Costs.ProcessTree.Megabytes(contestant.Id)),
        ];
    }

    private static int CountQueries(Contestant contestant) => contestant.Output.Split(Logged).Length - 1;
}
