using System.Diagnostics;

namespace Storefront.Tests.Bench.Load;

/// <summary>Every latency of a measurement, none left out or rounded; in ticks of <see cref="Stopwatch"/>.</summary>
internal sealed class Latencies(IEnumerable<long> ticks)
{
    private readonly long[] _sorted = [.. ticks.Order()];

    public static Latencies Of(IEnumerable<TimeSpan> lengths) => new(lengths.Select(l => (long)(l.TotalSeconds * Stopwatch.Frequency)));

    public int Count => _sorted.Length;

    /// <summary>
    /// The latency in milliseconds that so many percent did not exceed (nearest rank: one that was really measured); 100: the longest.
    /// Not a number when there is none.
    /// </summary>
    public double Percentile(double percent) => _sorted.Length == 0
        ? double.NaN
        : Milliseconds(_sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * _sorted.Length) - 1, 0, _sorted.Length - 1)]);

    public static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
