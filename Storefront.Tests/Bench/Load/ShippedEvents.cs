using System.Collections.Concurrent;
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Messaging;

namespace Storefront.Tests.Bench.Load;

/// <summary>When each order was meant to be placed, and when the broker handed over its <c>order.shipped</c>.</summary>
internal sealed class ShippedEvents : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _placed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _shipped = new(StringComparer.Ordinal);
    private readonly IConnection _connection;

    private ShippedEvents(IConnection connection) => _connection = connection;

    public static async Task<ShippedEvents> ListenAsync(Uri broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
        var events = new ShippedEvents(connection);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue.QueueName, Topology.Events, "order.shipped", cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            events._shipped.TryAdd(delivery.BasicProperties.CorrelationId!, Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
        return events;
    }

    /// <summary>An order was answered on this connection.</summary>
    public void Placed(HttpConnection connection, long intended)
    {
        if (OrderAnswer.NumberIn(connection.Answer) is { } number)
        {
            _placed[number] = intended;
        }
    }

    /// <summary>From click to shipped, of each order; those left out that are not shipped half a minute after the last was placed.</summary>
    public async Task<Latencies> AllAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            await Watching.UntilAsync("all shipped", () => Task.FromResult(Pairs().Count() >= count), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100), cancellationToken);
        }
        catch (TimeoutException)
        {
            // The report says how many are missing.
        }

        return new(Pairs());
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private IEnumerable<long> Pairs() => _placed.Where(p => _shipped.ContainsKey(p.Key)).Select(p => _shipped[p.Key] - p.Value);
}
