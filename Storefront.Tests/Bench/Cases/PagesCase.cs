using Storefront.Tests.Bench.Load;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>The store's pages, as fast as they are given.</summary>
internal sealed class PagesCase(int connections, TimeSpan length) : ICase
{
    /// <summary>Home, the catalogue, a category of it, and a product.</summary>
    public static readonly string[] Paths = ["/", "/catalogue", "/catalogue?category=teas", "/product/bramble-jam"];

    public string Name => $"pages-{connections}";

    public string Meaning => $"home, catalogue, one category and a product page in turns, closed loop, {connections} connections, {length.TotalSeconds:0.#} s";

    public bool Suits(IPeer peer) => peer.IsShop;

    public Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var pages = Requests.Pages(contestant.Address, Paths);
        Connections.Closed(contestant.EndPoint, pages, connections, length / 4); // the compiler's turn
        var expense = Expense.Of(contestant);
        var outcome = Connections.Closed(contestant.EndPoint, pages, connections, length);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("pages/s", outcome.ServedPerSecond), new("p50 ms", outcome.Latencies.Percentile(50)), new("p99 ms", outcome.Latencies.Percentile(99)),
            new("failed", outcome.Failed + outcome.Refused), .. expense.Figures(outcome.Served, "page"),
        ]);
    }
}
