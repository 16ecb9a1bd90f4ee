using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Tests.Bench.Peers;

/// <summary>The shop itself: departments in the same process, their work taking no time, no limit for one address, shelves that do not empty.</summary>
/// <param name="label">How it is called in the report.</param>
/// <param name="program">A built or published Storefront.Web.dll.</param>
/// <param name="settings">Further settings, each as <c>Key=value</c>.</param>
internal sealed class ShopPeer(string label, string program, IReadOnlyList<string> settings) : IPeer
{
    /// <summary>Of every product, at the first start.</summary>
    public const int OpeningStock = 100_000_000;

    /// <summary>Of the first manager.</summary>
    public const string StaffPassword = "carrots-at-dawn-42";

    // The conditions of the index, word for word, which is how SQLite knows that it may use it: today's, and that of older versions to compare with.
    private const string Unfinished = $"FROM order_tasks WHERE {UnfinishedWork.Sql} AND state <> 'done' AND state <> 'failed'";

    public string Label => label;

    public bool IsShop => true;

    public string Folder => Path.GetDirectoryName(program)!;

    /// <summary>Shipping is the last step of four departments; sales, the fifth, hardly ever comes after it.</summary>
    public string CountUnfinished => $"SELECT count(*) {Unfinished} AND department = 'shipping'";

    public string CountBusy => $"SELECT count(*) FROM (SELECT 1 {Unfinished} LIMIT 1) AS busy";

    public IEnumerable<string> Queues => [Topology.Orders, Topology.Dead, .. OrderTerms.Departments.Select(d => Topology.QueueOf(d.Text()))];

    public IEnumerable<string> Command(Surroundings surroundings) =>
    [
        "dotnet", program, $"--Urls={surroundings.Address}", "--RateLimit:OrdersPerMinute=0", $"--Staff:Password={StaffPassword}", .. Common(surroundings),
    ];

    public IEnumerable<string> WorkCommand(Surroundings surroundings) => ["dotnet", WorkProgram(), "work", .. Common(surroundings)];

    /// <summary>It lies in the checkout as the web's does. (Not the one beside that: without ASP.NET's libraries it lacks what comes with them.)</summary>
    private string WorkProgram() => program.Replace("Storefront.Web", "Storefront.Workers", StringComparison.Ordinal) is var path && File.Exists(path) ? path
        : throw new InvalidOperationException($"There is no {path}; the work processes are started from there, so Storefront.Workers has to be built or published like Storefront.Web.");

    private IEnumerable<string> Common(Surroundings surroundings) =>
    [
        $"--Data:Folder={surroundings.Data}", $"--Broker:Uri={surroundings.Broker}", "--Simulation:TimeScale=0", $"--Catalog:OpeningStock={OpeningStock}",
        .. settings.Concat(surroundings.Settings).Select(s => $"--{s}"), // of two settings of one name the last counts
    ];
}
