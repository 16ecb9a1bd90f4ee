using System.Collections.Concurrent;
using RabbitMQ.Client;

namespace Storefront.Tests.Bench.Naive;

/// <summary>One connection to publish on, and channels with confirms that requests borrow.</summary>
internal sealed class NaiveBroker(Uri uri)
{
    private readonly Lazy<Task<IConnection>> _connection = new(() => new ConnectionFactory { Uri = uri }.CreateConnectionAsync());
    private readonly ConcurrentBag<IChannel> _idle = [];

    /// <summary>A connection of its own, for consuming.</summary>
    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken) => new ConnectionFactory { Uri = uri }.CreateConnectionAsync(cancellationToken);

    /// <summary>Publishes an order; returns when the broker has confirmed it.</summary>
    public async Task PublishAsync(string number, byte[] body, CancellationToken cancellationToken)
    {
        var channel = _idle.TryTake(out var idle) ? idle : await OpenAsync(cancellationToken);
        var properties = new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = number, CorrelationId = number };
        await channel.BasicPublishAsync("", NaiveProgram.Queue, mandatory: true, properties, body, cancellationToken);
        _idle.Add(channel);
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken) => await (await _connection.Value).CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
}
