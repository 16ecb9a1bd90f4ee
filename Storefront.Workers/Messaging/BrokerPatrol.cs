using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging;

/// <summary>
/// Notices what the broker does not tell: every few seconds it looks at the queues this session consumes, and puts back bindings that somebody took away.
/// When a queue is gone, or has no consumer while we believe to be it, the session is given up; the next one begins with the topology.
/// </summary>
public sealed class BrokerPatrol(TopologyDeclaration topology, TimeProvider time) : IBrokerStation
{
    /// <summary>From one round to the next.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>Before a queue without consumers is looked at again: a quorum queue that has no leader for a moment says 0 too.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    /// <exception cref="IOException">Something is not as this session believes.</exception>
    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        // Where we consume: only there may our exclusive queue be looked at, and a blocked broker does not read where we publish.
        await using var channel = await OpenAsync(session, stop);
        while (true)
        {
            await Task.Delay(Round, time, stop);
            try
            {
                await LookAsync(session, channel, stop);
                using var bounded = BrokerSession.Bounded(stop);
                await topology.BindAsync(channel, bounded.Token);
            }
            catch (OperationInterruptedException e)
            {
                throw new IOException($"something of ours is missing at the broker: {e.ShutdownReason?.ReplyText ?? e.Message}", e);
            }
        }
    }

    private async Task LookAsync(BrokerSession session, IChannel channel, CancellationToken stop)
    {
        foreach (var queue in session.Consumers.Where(c => c.Value).Select(c => c.Key).ToList())
        {
            if (await IsForsakenAsync(session, channel, queue, stop))
            {
                await Task.Delay(SecondLook, time, stop);
                if (await IsForsakenAsync(session, channel, queue, stop))
                {
                    throw new IOException($"nobody consumes '{queue}' any more, though we were to");
                }
            }
        }
    }

    private static async Task<bool> IsForsakenAsync(BrokerSession session, IChannel channel, string queue, CancellationToken stop)
    {
        using var bounded = BrokerSession.Bounded(stop);
        var found = await channel.QueueDeclarePassiveAsync(queue, bounded.Token);
        return found.ConsumerCount == 0 && session.Consumers.GetValueOrDefault(queue);
    }

    private static async Task<IChannel> OpenAsync(BrokerSession session, CancellationToken stop)
    {
        using var bounded = BrokerSession.Bounded(stop);
        return await session.Consuming.CreateChannelAsync(cancellationToken: bounded.Token);
    }
}
