using System.Diagnostics;

namespace Storefront.Tests.Bench.Load;

/// <summary>What became of a load.</summary>
/// <param name="Elapsed">From the first request's intended start to the last answer.</param>
/// <param name="Latencies">Of the requests that were served.</param>
/// <param name="Served">Answered with 200 or 201.</param>
/// <param name="Refused">Turned away: 429 or 503.</param>
/// <param name="Failed">Anything else, no answer included.</param>
/// <param name="Lateness">How long after their intended start requests went out because of the generator (every connection busy, or slept too long).</param>
internal sealed record Outcome(TimeSpan Elapsed, Latencies Latencies, int Served, int Refused, int Failed, Latencies Lateness)
{
    public int Sent => Served + Refused + Failed;

    public double ServedPerSecond => Served / Elapsed.TotalSeconds;

    /// <summary>One connection's part, kept apart while the load runs.</summary>
    internal sealed class Part
    {
        private readonly List<long> _latencies = new(4096);
        private readonly List<long> _lateness = [];
        private int _refused, _failed;

        /// <summary>A request was answered just now.</summary>
        /// <param name="status">The answer's status code; 0: none came.</param>
        /// <param name="intended">When the request should have gone out.</param>
        public void Answered(int status, long intended)
        {
            switch (status)
            {
                case 200 or 201:
                    _latencies.Add(Stopwatch.GetTimestamp() - intended);
                    break;
                case 429 or 503:
                    _refused++;
                    break;
                default:
                    _failed++;
                    break;
            }
        }

        /// <summary>A request never went out.</summary>
        public void GaveUp() => _failed++;

        public void WentOut(long intended) => _lateness.Add(Stopwatch.GetTimestamp() - intended);

        public static Outcome Sum(IReadOnlyList<Part> parts, long start) => new(
            Stopwatch.GetElapsedTime(start), new(parts.SelectMany(p => p._latencies)), parts.Sum(p => p._latencies.Count),
            parts.Sum(p => p._refused), parts.Sum(p => p._failed), new(parts.SelectMany(p => p._lateness)));
    }
}
