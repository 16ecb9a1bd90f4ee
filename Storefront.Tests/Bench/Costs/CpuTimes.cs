namespace Storefront.Tests.Bench.Costs;

/// <summary>CPU-seconds used so far: by the program measured (SQLite is part of it), its broker node, its database server if it has one, and the load generator.</summary>
internal sealed record CpuTimes(double App, double Broker, double? Database, double Generator)
{
    public static CpuTimes Read(int app, int broker, int? database) => new(
        ProcessTree.CpuSeconds(app), ProcessTree.CpuSeconds(broker), database is { } server ? ProcessTree.CpuSeconds(server) : null, Environment.CpuUsage.TotalTime.TotalSeconds);

    public CpuTimes Since(CpuTimes earlier) => new(App - earlier.App, Broker - earlier.Broker, Database - earlier.Database, Generator - earlier.Generator);
}
