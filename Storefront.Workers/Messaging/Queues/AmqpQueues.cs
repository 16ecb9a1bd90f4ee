using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Queues;

/// <summary>
/// Asks the broker itself, by declaring each queue passively on a channel of its own: how many messages wait there, and how many consume them. What a consumer
/// has in hand AMQP does not tell, nor anything about the message at the head without taking it.
/// </summary>
public sealed class AmqpQueues(TimeProvider time) : IQueueSource, IBrokerStation
{
    /// <summary>How long the broker may take for all queues.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const ushort NotFound = 404;

    private volatile BrokerSession? _session;

    public FiguresSource Kind => FiguresSource.Amqp;

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        _session = session;
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            _session = null;
        }
    }

    public async Task<BrokerFigures> ReadAsync(IReadOnlyList<string> queues, CancellationToken cancellationToken)
    {
        var session = _session ?? throw new FiguresNotHadException("the broker is away");
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Patience);
        IChannel? channel = null;
        try
        {
            var figures = new List<QueueFigures>();
            foreach (var queue in queues)
            {
                // Where we consume: of a connection that publishes a blocked broker reads nothing.
                channel ??= await session.Consuming.CreateChannelAsync(cancellationToken: bounded.Token);
                try
                {
                    var found = await channel.QueueDeclarePassiveAsync(queue, bounded.Token);
                    figures.Add(new(queue) { Ready = found.MessageCount, Consumers = (int)found.ConsumerCount });
                }
                catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
                {
                    figures.Add(new(queue) { IsMissing = true });
                    // That closed it.
                    await channel.DisposeAsync();
                    channel = null;
                }
            }

            return new(time.GetUtcNow(), Kind, null, figures);
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException)
        {
            throw new FiguresNotHadException($"the broker could not be asked: {e.GetBaseException().Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FiguresNotHadException("the broker does not answer in time", e);
        }
        finally
        {
            if (channel is not null)
            {
                await LeaveAsync(channel);
            }
        }
    }

    private static async Task LeaveAsync(IChannel channel)
    {
        try
        {
            using var closing = new CancellationTokenSource(Patience);
            await channel.CloseAsync(closing.Token);
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // It goes with its connection.
        }
        finally
        {
            await channel.DisposeAsync();
        }
    }
}
