using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>From the click to the moment the shop says "shipped": its event <c>order.shipped</c>, received by the load generator from a queue of its own.</summary>
internal sealed class ShippedCase(TimeSpan length) : ICase
{
    private const int PerSecond = 50;

    public string Name => "shipped";

    public string Meaning => $"click to shipped, {PerSecond} orders a second for {length.TotalSeconds:0.#} s: from the POST's intended start to the arrival of order.shipped at the load generator";

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        await using var events = await ShippedEvents.ListenAsync(contestant.Broker, cancellationToken);
        var expense = Expense.Of(contestant);
        var outcome = Connections.Open(contestant.EndPoint, contestant.Orders, PerSecond, length, events.Placed);
        var latencies = await events.AllAsync(outcome.Served, cancellationToken);
        return
        [
            new("p50 ms", latencies.Percentile(50)), new("p99 ms", latencies.Percentile(99)), new("max ms", latencies.Percentile(100)),
            new("POST p50 ms", outcome.Latencies.Percentile(50)), new("POST p99 ms", outcome.Latencies.Percentile(99)),
            new("refused", outcome.Refused), new("failed", outcome.Failed), new("not shipped", outcome.Served - latencies.Count), .. expense.Figures(outcome.Served),
        ];
    }
}
