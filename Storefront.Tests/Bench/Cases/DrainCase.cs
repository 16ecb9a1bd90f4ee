using System.Diagnostics;
using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>So many orders at once, until the last of them has been through everything.</summary>
internal sealed class DrainCase(int orders) : ICase
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Name => "drain";

    public string Meaning => $"{orders:N0} orders by {AtOnce} connections as fast as they are taken, until all are at their end; CPU and orders/s over the whole time";

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var traffic = await Traffic.OfAsync(contestant, cancellationToken);
        var expense = Expense.Of(contestant);
        var watch = Stopwatch.StartNew();
        var outcome = Connections.Closed(contestant.EndPoint, contestant.Orders, AtOnce, Patience, orders);
        var (posted, left) = (watch.Elapsed.TotalSeconds, contestant.CountUnfinished());
        if (!await contestant.CalmsDownAsync(Patience, cancellationToken))
        {
            throw new TimeoutException($"{contestant.CountUnfinished()} of {orders} orders are not at their end.");
        }

        var (all, costs) = (watch.Elapsed.TotalSeconds, expense.Figures(outcome.Served));
        return
        [
            new("orders/s", outcome.Served / all), new("POST/s", outcome.Served / posted), new("orders/s after the last POST", left == 0 ? double.NaN : left / (all - posted)),
            new("left then", left), new("refused", outcome.Refused), new("failed", outcome.Failed), .. costs,
            .. await traffic.FiguresAsync(outcome.Served, cancellationToken),
        ];
    }
}
