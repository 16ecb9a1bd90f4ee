namespace Storefront.Tests.Bench.Costs;

/// <summary>CPU-seconds used so far: by the processes measured (SQLite is part of them), its broker node, its database server if it has one, and the load generator.</summary>
internal sealed record CpuTimes(double App, double Broker, double? Database, double Generator)
{
    public static CpuTimes Read(IEnumerable<int> app, int broker, int? database) => new(
        app.Sum(ProcessTree.CpuSeconds), ProcessTree.CpuSeconds(broker), database is { } server ? ProcessTree.CpuSeconds(server) : null, Environment.CpuUsage.TotalTime.TotalSeconds);

    public CpuTimes Since(CpuTimes earlier) => new(App - earlier.App, Broker - earlier.Broker, Database - earlier.Database, Generator - earlier.Generator);
}
