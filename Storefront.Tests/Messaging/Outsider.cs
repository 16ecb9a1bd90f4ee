using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Storefront.Tests.Messaging;

/// <summary>A message as another program at the broker sees it.</summary>
internal sealed record Heard(string Exchange, string RoutingKey, IReadOnlyBasicProperties Properties, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Header(string name) => Properties.Headers!.TryGetValue(name, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "";
}

/// <summary>Another program at the shop's broker: it knows what the contract says of RabbitMQ, and nothing else.</summary>
internal sealed class Outsider : IAsyncDisposable
{
    private readonly IConnection _connection;

    private Outsider(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    /// <summary>For declaring, binding, deleting; publishing on it waits for the confirm.</summary>
    public IChannel Channel { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Outsider> ConnectAsync(Uri broker)
    {
        var connection = await Connecting.ToAsync(broker, "outsider", Cancellation);
        var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        return new(connection, channel);
    }

    /// <summary>Puts a message on a queue, which must be there.</summary>
    public Task SendAsync(string queue, string body, string? messageId = null, string? type = null) =>
        SendAsync(queue, Encoding.UTF8.GetBytes(body), messageId, type);

    public async Task SendAsync(string queue, byte[] body, string? messageId = null, string? type = null)
    {
        var properties = new BasicProperties { Persistent = true };
        if (messageId is not null)
        {
            properties.MessageId = messageId;
        }

        if (type is not null)
        {
            properties.Type = type;
        }

        await Channel.BasicPublishAsync("", queue, mandatory: true, properties, body, Cancellation);
    }

    /// <summary>Waits until the shop has declared the queue.</summary>
    public Task DeclaredAsync(string queue) => Watching.UntilAsync($"the queue {queue} is there", async () => await CountAsync(queue) is not null, Cancellation);

    /// <summary>Messages that lie in the queue and are in nobody's hands; null when there is no such queue.</summary>
    public async Task<uint?> CountAsync(string queue)
    {
        // A channel of its own: a refusal closes it.
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: Cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, Cancellation)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    /// <summary>Listens to a topic of <c>shop.events</c> on a queue of its own; everything heard comes out of the reader, in order.</summary>
    public async Task<ChannelReader<Heard>> ListenAsync(string topic)
    {
        var queue = await DeclareOwnAsync();
        await Channel.ExchangeDeclareAsync("shop.events", ExchangeType.Topic, durable: true, cancellationToken: Cancellation);
        await Channel.QueueBindAsync(queue, "shop.events", topic, cancellationToken: Cancellation);
        return await ReadAsync(queue);
    }

    /// <summary>A queue that goes with this program.</summary>
    public async Task<string> DeclareOwnAsync(string name = "") => (await Channel.QueueDeclareAsync(name, exclusive: true, cancellationToken: Cancellation)).QueueName;

    /// <summary>Reads a queue.</summary>
    public async Task<ChannelReader<Heard>> ReadAsync(string queue)
    {
        var heard = System.Threading.Channels.Channel.CreateUnbounded<Heard>();
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += async (_, e) =>
            await heard.Writer.WriteAsync(new(e.Exchange, e.RoutingKey, new BasicProperties(e.BasicProperties), e.Body.ToArray()), CancellationToken.None);
        await Channel.BasicConsumeAsync(queue, autoAck: true, consumer, Cancellation);
        return heard.Reader;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

internal static class HeardReading
{
    /// <summary>The next message; fails when none comes.</summary>
    public static async Task<Heard> NextAsync(this ChannelReader<Heard> heard) =>
        await heard.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Watching.Bound, TestContext.Current.CancellationToken);
}
