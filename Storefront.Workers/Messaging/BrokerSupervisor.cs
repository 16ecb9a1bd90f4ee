using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging;

/// <summary>Something that works while the broker is there: the relay, a consumer.</summary>
public interface IBrokerStation
{
    /// <summary>Works on this session until told to stop; then finishes what it has in hand. Throws when it cannot go on.</summary>
    Task RunAsync(BrokerSession session, CancellationToken stop);
}

/// <summary>
/// Keeps the shop at the broker: connection → topology → stations, rebuilt from nothing after any failure, the first connect included.
/// (The client's own recovery covers neither the first connect nor closed channels, and leaves consumers that only look alive.)
/// </summary>
public sealed partial class BrokerSupervisor(
    IOptions<BrokerOptions> options, TopologyDeclaration topology, IEnumerable<IBrokerStation> stations, BrokerStatus status, ConsumersStatus consumers,
    BrokerOutage outage, TimeProvider time, ILogger<BrokerSupervisor> log)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Time for the end of a session that failed.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await outage.OverAsync(stoppingToken);
                await StayAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it was, the answer is the same: begin anew. Nothing is lost by it: what was not acked or confirmed comes again.
                failures = time.GetElapsedTime(began) > LongestPause * 3 ? 0 : failures + 1;
                Say(e, failures);
            }

            await PauseAsync(failures, stoppingToken);
        }

        status.Set(BrokerState.Away, "the shop is closing");
    }

    private async Task StayAsync(CancellationToken cancellationToken)
    {
        var session = await BrokerSession.OpenAsync(options.Value.Address, cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> working = [];
        try
        {
            var notes = await topology.DeclareAsync(session, cancellationToken);
            session.OnBlocked = reason => status.Set(reason is null ? BrokerState.Up : BrokerState.Blocked, reason);
            session.OnConsumers = () => consumers.Set(session.Consumers);
            status.Set(BrokerState.Up, notes: notes);
            Log.Connected(log, options.Value.Address.Host, options.Value.Address.Port);

            working.AddRange(stations.Select(s => s.RunAsync(session, ending.Token)));
            var played = outage.BegunAsync(ending.Token);
            var first = await Task.WhenAny([session.Closed, played, .. working]);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == played)
            {
                throw new IOException("an outage is played on the page Simulation; it ends by itself");
            }

            if (first == session.Closed)
            {
                throw new IOException($"the connection was closed: {await session.Closed}");
            }

            await first;
            throw new IOException("a station stopped by itself");
        }
        finally
        {
            (session.OnBlocked, session.OnConsumers) = (null, null);
            consumers.Set(FrozenDictionary<string, bool>.Empty);
            await ending.CancelAsync();
            await LeaveAsync(session, working, cancellationToken.IsCancellationRequested ? BrokerSession.Patience : Farewell);
        }
    }

    /// <summary>
    /// What works here ends what it has in hand, then the connections are closed. A broker that does not answer would take most of a minute over it:
    /// that goes on without being waited for, so as not to hold up the next attempt.
    /// </summary>
    private async Task LeaveAsync(BrokerSession session, List<Task> working, TimeSpan atMost)
    {
        await Task.WhenAny(EndAsync(), Task.Delay(atMost, time, CancellationToken.None));

        async Task EndAsync()
        {
            await Task.WhenAll(working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.DisposeAsync();
        }
    }

    private void Say(Exception e, int failures)
    {
        // Ours (IOException) say what was going on; of others the innermost says most: "Connection refused".
        var reason = e is OperationCanceledException or TimeoutException ? "it does not answer" : e is IOException and not BrokerUnreachableException ? e.Message : e.GetBaseException().Message;
        status.Set(BrokerState.Away, reason);
        if (failures <= 1)
        {
            Log.Away(log, reason);
        }
        else
        {
            Log.StillAway(log, reason, failures);
        }
    }

    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        // 100 ms, doubling to two seconds, a third of it at random, so that many nodes do not knock together.
        var pause = Math.Min(100 * Math.Pow(2, failures), LongestPause.TotalMilliseconds) * (0.67 + (Random.Shared.NextDouble() * 0.33));
        await Task.Delay(TimeSpan.FromMilliseconds(pause), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "At the broker on {Host}:{Port}")]
        public static partial void Connected(ILogger log, string host, int port);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is away ({Reason}); the shop takes orders all the same and goes on looking")]
        public static partial void Away(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The broker is still away ({Reason}), attempt {Failures}")]
        public static partial void StillAway(ILogger log, string reason, int failures);
    }
}
