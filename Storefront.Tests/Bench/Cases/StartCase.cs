using Storefront.Tests.Bench.Costs;
using Storefront.Tests.Bench.Peers;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Cases;

/// <summary>From the start of the process to its first page: of a new shop, whose tables have to be made, and of one with data.</summary>
internal sealed class StartCase : ICase
{
    public string Name => "start";

    public string Meaning => "from the start of the process to the first 200 for /: with no data, and again with them; asked every 5 ms";

    public bool Suits(IPeer peer) => peer.IsShop;

    public bool StartsItself => true;

    public async Task<IReadOnlyList<Figure>> RunAsync(Contestant contestant, CancellationToken cancellationToken)
    {
        var first = await contestant.BeginAsync(keep: false, [], cancellationToken);
        var again = await contestant.BeginAsync(keep: true, [], cancellationToken);
        return [new("first start ms", first.TotalMilliseconds), new("start with data ms", again.TotalMilliseconds), new("RSS then MB", ProcessTree.Megabytes(contestant.Id))];
    }
}
