using System.Text.Json;
using RabbitMQ.Client;
using Storefront.Messaging;

namespace Storefront.Tutorial;

/// <summary>
/// The tutorial's producer, done properly: the same customers, prices from 0 to 99 and pauses of 0 to 4 seconds;
/// one connection instead of one a message, a durable queue, persistent messages, and each confirmed before it is called sent.
/// </summary>
internal sealed class Produce(Uri broker, TextWriter output)
{
    private static readonly string[] Customers = ["hlysig", "daniel", "bob", "alice"];

    /// <summary>Sends until cancelled, or <paramref name="count"/> messages.</summary>
    public async Task RunAsync(int? count, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync("storefront: produce", cancellationToken);
        // With tracking, a publish ends when the broker has confirmed it, and throws when it did not.
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.QueueDeclareAsync(Topology.Orders, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);

        for (var sent = 0; count is null || sent < count; sent++)
        {
            if (sent > 0)
            {
                var pause = Random.Shared.Next(5);
                await output.WriteLineAsync($"Sleeping for {pause} seconds");
                await Task.Delay(TimeSpan.FromSeconds(pause), cancellationToken);
            }

            var message = JsonSerializer.Serialize(new { customer = Customers[Random.Shared.Next(Customers.Length)], price = Random.Shared.Next(100) });
            // A message id, so that the shop takes it once however often it is delivered.
            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json", MessageId = Guid.NewGuid().ToString() };
            await channel.BasicPublishAsync("", Topology.Orders, mandatory: true, properties, System.Text.Encoding.UTF8.GetBytes(message), cancellationToken);
            await output.WriteLineAsync($"message sent to RabbitMQ: {message}");
        }
    }
}
