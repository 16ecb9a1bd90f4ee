using System.Diagnostics;
using System.Text.Json;

namespace Storefront.Tests.Bench.Checks;

/// <summary>The benchmark as it is run, but for hardly any orders.</summary>
public sealed class A_small_measurement
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_shop_and_the_naive_peer_counts_what_was_ordered_and_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-bench-check-");
        var json = Path.Combine(folder.FullName, "bench.json");
        var start = new ProcessStartInfo("dotnet",
            [typeof(A_small_measurement).Assembly.Location, BenchCommand.Name, "drain", "--orders", "25", "--warm-up", "5", "--naive", "--shop", ShopProcess.ProgramFile(), "--json", json])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = folder.FullName;
        using var bench = Process.Start(start)!;
        var (output, error) = (bench.StandardOutput.ReadToEndAsync(Cancellation), bench.StandardError.ReadToEndAsync(Cancellation));
        await bench.WaitForExitAsync(Cancellation);

        (await error).ShouldBe("");
        bench.ExitCode.ShouldBe(0);
        (await output).ShouldContain("naive  ÷ first");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json, Cancellation));
        var measurements = report.RootElement.GetProperty("measurements").EnumerateArray().ToList();
        measurements.Select(m => m.GetProperty("peer").GetString()).ShouldBe(["shop", "naive"]);
        foreach (var measured in measurements)
        {
            var figures = measured.GetProperty("figures");
            figures.GetProperty("orders/s").GetDouble().ShouldBeInRange(0.1, 10_000);
            figures.GetProperty("failed").GetDouble().ShouldBe(0);
        }

        // What was killed leaves sockets of .NET's own diagnostics, which the next process removes.
        folder.GetDirectories().Select(f => f.Name).ShouldBeEmpty("data of shop, peer and brokers are gone");
        folder.Delete(recursive: true);
    }
}
