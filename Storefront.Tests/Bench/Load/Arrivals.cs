using System.Diagnostics;

namespace Storefront.Tests.Bench.Load;

/// <summary>Customers who come at a constant rate, whether or not those before them have been served; each arrival is handed out once.</summary>
/// <param name="start">When the first comes, as of <see cref="Stopwatch.GetTimestamp"/>.</param>
/// <param name="perSecond">How many come each second.</param>
/// <param name="count">How many come in all.</param>
internal sealed class Arrivals(long start, double perSecond, int count)
{
    private int _next = -1;

    /// <summary>The next arrival's intended time; null when all have come. For any thread.</summary>
    public long? Next()
    {
        var i = Interlocked.Increment(ref _next);
        return i < count ? TimeOf(i) : null;
    }

    /// <summary>The intended time of one of them, counted from 0.</summary>
    public long TimeOf(int i) => start + (long)(i * (Stopwatch.Frequency / perSecond));
}
