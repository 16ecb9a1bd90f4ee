using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>Visitors who come at a constant rate and look at the store's pages.</summary>
internal sealed class BrowseCase(int perSecond, TimeSpan length) : ICase
{
    public string Name => $"browse-{perSecond}";

    public string Meaning => $"the store's pages, open loop, {perSecond} a second for {length.TotalSeconds:0.#} s, latency from the intended start";

    public bool Suits(IPeer peer) => peer.IsShop;

    public Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var pages = Requests.Pages(contestant.Address, PagesCase.Paths);
        Connections.Open(contestant.EndPoint, pages, perSecond, length / 4);
        var expense = Expense.Of(contestant);
        var outcome = Connections.Open(contestant.EndPoint, pages, perSecond, length);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("p50 ms", outcome.Latencies.Percentile(50)), new("p99 ms", outcome.Latencies.Percentile(99)), new("max ms", outcome.Latencies.Percentile(100)),
            new("late p99 ms", outcome.Lateness.Percentile(99)), new("pages/s", outcome.ServedPerSecond), new("failed", outcome.Failed + outcome.Refused),
            .. expense.Figures(outcome.Served, "page"),
        ]);
    }
}
