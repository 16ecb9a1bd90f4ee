using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>Customers in a queue: each connection orders again as soon as it was answered. The departments work meanwhile, as ever.</summary>
/// <param name="connections">How many at once.</param>
/// <param name="length">How long.</param>
/// <param name="isHot">Whether all of them want the same goods, so that every order waits for the same rows of stock.</param>
internal sealed class PostCase(int connections, TimeSpan length, bool isHot = false) : ICase
{
    public string Name => $"{(isHot ? "hot" : "post")}-{connections}";

    public string Meaning => $"POST /order{(isHot ? " for the same three goods" : "")}, closed loop, {connections} connection{(connections == 1 ? "" : "s")}, {length.TotalSeconds:0.#} s; CPU while it lasts, departments included";

    public Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var expense = Expense.Of(contestant);
        var orders = isHot ? Requests.SameOrder(contestant.Address) : contestant.Orders;
        var outcome = Connections.Closed(contestant.EndPoint, orders, connections, length);
        var costs = expense.Figures(outcome.Served);
        var finished = outcome.Served - contestant.CountUnfinished();
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("POST/s", outcome.ServedPerSecond), new("p50 ms", outcome.Latencies.Percentile(50)), new("p99 ms", outcome.Latencies.Percentile(99)),
            new("max ms", outcome.Latencies.Percentile(100)), new("shipped/s meanwhile", finished / outcome.Elapsed.TotalSeconds),
            new("refused", outcome.Refused), new("failed", outcome.Failed), .. costs,
        ]);
    }
}
