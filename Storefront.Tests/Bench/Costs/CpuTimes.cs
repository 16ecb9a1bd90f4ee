namespace Storefront.Tests.Bench.Costs;

/// <summary>CPU-seconds used so far: by the program measured (SQLite included), by its broker node, and by the load generator.</summary>
internal sealed record CpuTimes(double App, double Broker, double Generator)
{
    public static CpuTimes Read(int app, int broker) =>
        new(ProcessTree.CpuSeconds(app), ProcessTree.CpuSeconds(broker), Environment.CpuUsage.TotalTime.TotalSeconds);

    public CpuTimes Since(CpuTimes earlier) => new(App - earlier.App, Broker - earlier.Broker, Generator - earlier.Generator);
}
