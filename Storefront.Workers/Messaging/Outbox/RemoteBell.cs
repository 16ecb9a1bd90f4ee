using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// Rings the <see cref="OutboxBell"/> of the shop from another process that put something into its outbox, by way of the broker.
/// Unheard, it costs time only: the relay looks by itself every half minute.
/// </summary>
public sealed class RemoteBell(IOptions<BrokerOptions> options)
{
    /// <summary>Type of the message on <see cref="Topology.News"/> that asks to look at the outbox.</summary>
    public const string Type = "outbox.filled.v1";

    /// <returns>Null when a shop was there to hear it; otherwise why none was.</returns>
    public async Task<string?> RingAsync(CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        try
        {
            var factory = new ConnectionFactory { Uri = options.Value.Address, AutomaticRecoveryEnabled = false };
            await using var connection = await factory.CreateConnectionAsync("storefront: bell", bounded.Token);
            await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), bounded.Token);
            var properties = new BasicProperties { AppId = Topology.AppId, Type = Type };
            // Mandatory: the broker says so when no shop has a queue there.
            await channel.BasicPublishAsync(Topology.News, "", mandatory: true, properties, ReadOnlyMemory<byte>.Empty, bounded.Token);
            return null;
        }
        catch (PublishException e) when (e.IsReturn)
        {
            return "no shop is at the broker";
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException)
        {
            return $"the broker cannot be used: {e.GetBaseException().Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "the broker does not answer";
        }
    }
}
