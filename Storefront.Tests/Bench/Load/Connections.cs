using System.Diagnostics;
using System.Net;

namespace Storefront.Tests.Bench.Load;

/// <summary>Loads on a server, each connection on a thread of its own.</summary>
internal static class Connections
{
    /// <summary>Those of an open loop; as many requests can be under way before arrivals have to wait, which their latency counts.</summary>
    public const int OpenLoop = 256;

    /// <summary>Who finds no connection free for so long goes away again, and counts as failed: a server that never catches up does not hold up the benchmark.</summary>
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(10);

    private const int Stack = 256 * 1024;

    /// <summary>Closed loop: each connection sends its next request as soon as the last is answered, until the time is over or all are sent.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="requests">What.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="atMost">No request begins after this time.</param>
    /// <param name="count">No more requests than this.</param>
    /// <param name="answered">Told each answer, on its connection's thread.</param>
    public static Outcome Closed(IPEndPoint server, Requests requests, int connections, TimeSpan atMost, int count = int.MaxValue, Action<HttpConnection>? answered = null)
    {
        var begun = 0;
        return Run(server, connections, start =>
        {
            var end = start + (long)(atMost.TotalSeconds * Stopwatch.Frequency);
            return (connection, part) =>
            {
                while (Stopwatch.GetTimestamp() is var now && now < end && Interlocked.Increment(ref begun) <= count)
                {
                    part.Answered(connection.Send(requests.Next()), now);
                    answered?.Invoke(connection);
                }
            };
        });
    }

    /// <summary>
    /// Open loop: requests go out at a constant rate, and each one's latency counts from the time it was meant to go out. So a server that stalls
    /// is charged for everybody who came meanwhile.
    /// </summary>
    /// <param name="server">Where to.</param>
    /// <param name="requests">What.</param>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="length">For how long.</param>
    /// <param name="answered">Told each answer, on its connection's thread, with the request's intended start.</param>
    public static Outcome Open(IPEndPoint server, Requests requests, double perSecond, TimeSpan length, Action<HttpConnection, long>? answered = null)
    {
        return Run(server, OpenLoop, start =>
        {
            var arrivals = new Arrivals(start, perSecond, (int)(perSecond * length.TotalSeconds));
            return (connection, part) =>
            {
                while (arrivals.Next() is { } intended)
                {
                    FineSleep.Until(intended);
                    if (Stopwatch.GetElapsedTime(intended) > OpenPatience)
                    {
                        part.GaveUp();
                        continue;
                    }

                    part.WentOut(intended);
                    part.Answered(connection.Send(requests.Next()), intended);
                    answered?.Invoke(connection, intended);
                }
            };
        });
    }

    /// <summary>Connects all of them first; then the clock runs.</summary>
    private static Outcome Run(IPEndPoint server, int connections, Func<long, Action<HttpConnection, Outcome.Part>> begin)
    {
        using var connected = new CountdownEvent(connections);
        using var gate = new ManualResetEventSlim();
        Action<HttpConnection, Outcome.Part> work = null!;
        var parts = Enumerable.Range(0, connections).Select(_ => new Outcome.Part()).ToList();
        var threads = parts.ConvertAll(part => new Thread(() =>
        {
            using var connection = new HttpConnection(server);
            connection.Connect();
            connected.Signal();
            gate.Wait();
            work(connection, part);
        }, Stack) { IsBackground = true });
        threads.ForEach(t => t.Start());
        connected.Wait();
        var start = Stopwatch.GetTimestamp();
        work = begin(start);
        gate.Set();
        threads.ForEach(t => t.Join());
        return Outcome.Part.Sum(parts, start);
    }
}
