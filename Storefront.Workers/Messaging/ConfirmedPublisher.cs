using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>
/// A channel for publishing with confirms. Many publishes may be outstanding; each ends when the broker has taken the message,
/// throws when it refused it or handed it back, or when the outcome stays unknown for <see cref="BrokerSession.Patience"/>.
/// </summary>
public sealed class ConfirmedPublisher : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly TimeProvider _time;

    private ConfirmedPublisher(IChannel channel, TimeProvider time) => (_channel, _time) = (channel, time);

    public static async Task<ConfirmedPublisher> OpenAsync(BrokerSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        // No rate limiter: since 7.2.1 the client's gives its lease back before the confirm. Callers bound what is outstanding.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        return new(await session.Publishing.CreateChannelAsync(options, bounded.Token), time);
    }

    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">Refused or unroutable.</exception>
    /// <exception cref="OperationCanceledException">Outcome unknown: the message may or may not have arrived.</exception>
    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        await _channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, message.Properties(_time.GetUtcNow()), message.Body, bounded.Token)
            .AsTask().WaitAsync(bounded.Token);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
