using System.Text.Json;
using System.Text.Json.Serialization;

namespace Storefront.Tests.Bench.Report;

/// <summary>Every figure of every round for programs, and the medians.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static async Task WriteAsync(string file, IReadOnlyList<Measurement> measured, CancellationToken cancellationToken)
    {
        var report = new
        {
            At = DateTimeOffset.UtcNow,
            Processors = Environment.ProcessorCount,
            System = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
            Cases = measured.GroupBy(m => (m.Case, m.Peer)).Select(g => new { g.Key.Case, g.Key.Peer, Rounds = g.Count(), Figures = Spread.Of([.. g]).ToDictionary(s => s.Name, s => new { s.Median, s.Min, s.Max }) }),
            Measurements = measured.Select(m => new { m.Case, m.Peer, m.Round, Figures = m.Figures.ToDictionary(f => f.Name, f => f.Value) }),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, report, Options, cancellationToken);
    }
}
