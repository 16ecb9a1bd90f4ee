using Storefront.Tests.Bench.Naive;

namespace Storefront.Tests.Bench.Peers;

/// <summary>What one would write first, as a program of its own; see <see cref="NaiveProgram"/>.</summary>
internal sealed class NaivePeer : IPeer
{
    public string Label => "naive";

    public bool IsShop => false;

    public string Folder => AppContext.BaseDirectory;

    public string CountUnfinished => "SELECT count(*) FROM orders WHERE status <> 'shipped'";

    /// <summary>Orders are seen to in turn, a hundred at a time: when the last three hundred are, all are.</summary>
    public string CountBusy => "SELECT count(*) FROM (SELECT status FROM orders ORDER BY id DESC LIMIT 300) AS latest WHERE status <> 'shipped'";

    public IEnumerable<string> Queues => [NaiveProgram.Queue];

    public IEnumerable<string> Command(Surroundings surroundings) =>
    [
        "dotnet", typeof(NaivePeer).Assembly.Location, NaiveProgram.Name, $"--Urls={surroundings.Address}", $"--Broker:Uri={surroundings.Broker}",
        $"--Data:Folder={surroundings.Data}", .. surroundings.Settings.Select(s => $"--{s}"),
    ];
}
