using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>Customers who come at a constant rate.</summary>
internal sealed class OpenCase(int perSecond, TimeSpan length) : ICase
{
    public string Name => $"open-{perSecond}";

    public string Meaning => $"POST /order, open loop, {perSecond} a second for {length.TotalSeconds:0.#} s, latency from the intended start; late: what the generator itself adds";

    public Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var expense = Expense.Of(contestant);
        var outcome = Connections.Open(contestant.EndPoint, contestant.Orders, perSecond, length);
        var costs = expense.Figures(outcome.Served);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("p50 ms", outcome.Latencies.Percentile(50)), new("p99 ms", outcome.Latencies.Percentile(99)), new("max ms", outcome.Latencies.Percentile(100)),
            new("late p99 ms", outcome.Lateness.Percentile(99)), new("POST/s", outcome.ServedPerSecond), new("refused", outcome.Refused), new("failed", outcome.Failed), .. costs,
        ]);
    }
}
