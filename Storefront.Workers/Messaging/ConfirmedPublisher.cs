using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>
/// A channel for publishing with confirms. Many publishes may be outstanding; each ends when the broker has taken the message,
/// throws when it refused it or handed it back, or when the outcome stays unknown for <see cref="BrokerSession.Patience"/>,
/// not counting the time in which the broker says that it takes none.
/// </summary>
public sealed class ConfirmedPublisher : IAsyncDisposable
{
    private readonly BrokerSession _session;
    private readonly IChannel _channel;
    private readonly TimeProvider _time;

    private ConfirmedPublisher(BrokerSession session, IChannel channel, TimeProvider time) => (_session, _channel, _time) = (session, channel, time);

    public static async Task<ConfirmedPublisher> OpenAsync(BrokerSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        // No rate limiter: since 7.2.1 the client's gives its lease back before the confirm. Callers bound what is outstanding.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        return new(session, await session.Publishing.CreateChannelAsync(options, bounded.Token), time);
    }

    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">Refused or unroutable.</exception>
    /// <exception cref="TimeoutException">Outcome unknown: the message may or may not have arrived.</exception>
    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var letGo = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = _channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, message.Properties(_time.GetUtcNow()), message.Body, letGo.Token).AsTask();
        try
        {
            while (!await EndsAsync(publishing, cancellationToken))
            {
                await _session.UnblockedAsync(cancellationToken);
            }
        }
        finally
        {
            await letGo.CancelAsync();
        }
    }

    /// <summary>False: not yet, and the broker has said why.</summary>
    private async Task<bool> EndsAsync(Task publishing, CancellationToken cancellationToken)
    {
        try
        {
            await publishing.WaitAsync(BrokerSession.Patience, cancellationToken);
            return true;
        }
        catch (TimeoutException) when (_session.IsBlocked)
        {
            return false;
        }
    }

    /// <summary>Waits no more than a moment for a broker that does not answer: the connection will take the channel along.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAny(_channel.DisposeAsync().AsTask(), Task.Delay(TimeSpan.FromSeconds(1), _time));
}
