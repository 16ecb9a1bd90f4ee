using System.Diagnostics;
using System.Globalization;
using Storefront.Orders;
using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>
/// One web process without departments, and so many processes that only work, each with few hands and work that takes a while: so that hands are what
/// limits the shop, and not this machine's processors. If they got in each other's way at the database or the broker, twice as many would do less than twice as much.
/// </summary>
internal sealed class WorkCase(int processes, TimeSpan length) : ICase
{
    /// <summary>Of each department in each process.</summary>
    private const int Hands = 2;

    private const double TaskSeconds = 0.2;
    private const int AtOnce = 64;

    /// <summary>Orders before it is measured, for each process.</summary>
    private const int WarmUp = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Name => $"work-{processes}";

    public string Meaning => $"{processes} work process{(processes == 1 ? "" : "es")} beside the web's, {Hands} hands a department in each, {TaskSeconds * 1000:0} ms a task: "
        + $"hands for {Possible:0} orders/s; orders for {length.TotalSeconds:0.#} s, orders/s from the last POST to the last order's end";

    public bool Suits(IPeer peer) => peer.IsShop;

    public bool StartsItself => true;

    public bool NeedsServer => true;

    private static IReadOnlyList<string> Settings =>
    [
        "Simulation:TimeScale=1",
        .. OrderTerms.Departments.SelectMany(d => (string[])[$"Departments:{d}:Concurrency={Hands}", string.Create(CultureInfo.InvariantCulture, $"Departments:{d}:Duration={TaskSeconds * 1000:0} ms")]),
    ];

    /// <summary>Orders a second, were there nothing but the work itself.</summary>
    private double Possible => processes * Hands / TaskSeconds;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        await contestant.BeginAsync(keep: false, ["Workers:CoHosted=false"], cancellationToken);
        await contestant.HireAsync(processes, Settings, cancellationToken);
        await contestant.WarmUpAsync(WarmUp * processes, cancellationToken);

        var orders = (int)Math.Ceiling(Possible * length.TotalSeconds);
        var traffic = await Traffic.OfAsync(contestant, cancellationToken);
        var (expense, workers) = (Expense.Of(contestant), WorkersCpu(contestant));
        var outcome = Connections.Closed(contestant.EndPoint, contestant.Orders, AtOnce, Patience, orders);
        var (left, watch, before, idle) = (contestant.CountUnfinished(), Stopwatch.StartNew(), contestant.Cpu, ProcessTree.IdleSeconds());
        if (!await contestant.CalmsDownAsync(Patience, cancellationToken))
        {
            throw new TimeoutException($"{contestant.CountUnfinished()} of {orders} orders are not at their end.");
        }

        var (seconds, used, costs) = (watch.Elapsed.TotalSeconds, contestant.Cpu.Since(before), expense.Figures(outcome.Served));
        var perSecond = left == 0 ? double.NaN : left / seconds;
        return
        [
            new("orders/s", perSecond), new("÷ hands", perSecond / Possible), new("orders/s of one process", perSecond / processes), new("left after the last POST", left),
            new("POST/s", outcome.ServedPerSecond), new("refused", outcome.Refused), new("failed", outcome.Failed),
            new("cores used", (used.App + used.Broker + used.Database!.Value) / seconds), new("cores idle", (ProcessTree.IdleSeconds() - idle) / seconds), .. costs,
            new("of the app's, in work processes", (WorkersCpu(contestant) - workers) * 1000 / outcome.Served), .. await traffic.FiguresAsync(outcome.Served, cancellationToken),
        ];
    }

    private static double WorkersCpu(Contestant contestant) => contestant.Workers.Sum(ProcessTree.CpuSeconds);
}
