using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Messaging;

namespace Storefront.Tutorial;

/// <summary>
/// The tutorial's consumer, done properly: prints what happens to orders, from a queue of its own bound to <c>shop.events</c>,
/// so it steals nothing from the shop's queue <c>orders</c>; and acks each message once it is printed.
/// </summary>
internal sealed class Watch(Uri broker, TextWriter output)
{
    /// <summary>Prints until cancelled, or <paramref name="count"/> messages; fails when the broker ends the connection.</summary>
    public async Task RunAsync(int? count, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync("storefront: watch", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Topology.Events, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue.QueueName, Topology.Events, "#", cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, 50, global: false, cancellationToken);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, e) =>
        {
            await output.WriteLineAsync($" [x] {e.RoutingKey} {Encoding.UTF8.GetString(e.Body.Span)}");
            await channel.BasicAckAsync(e.DeliveryTag, multiple: false, cancellationToken);
            if (++seen == count)
            {
                ended.TrySetResult();
            }
        };
        channel.ChannelShutdownAsync += (_, e) =>
        {
            ended.TrySetException(new IOException($"the broker ended it: {e.ReplyText}"));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: false, consumer, cancellationToken);
        await output.WriteLineAsync(" [*] Waiting for orders. To exit press CTRL+C");
        await ended.Task.WaitAsync(cancellationToken);
    }
}
