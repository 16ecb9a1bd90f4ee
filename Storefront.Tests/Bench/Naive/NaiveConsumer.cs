using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Messaging;

namespace Storefront.Tests.Bench.Naive;

/// <summary>
/// The one consumer: sets the order's status and acks. So that the end of an order is seen in the same way as the shop's, it says
/// <c>order.shipped</c> on <c>shop.events</c>, without waiting for a confirm.
/// </summary>
internal sealed class NaiveConsumer(NaiveBroker broker, IDbContextFactory<NaiveDb> contexts) : BackgroundService
{
    private const ushort Prefetch = 100;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.ConnectAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Topology.Events, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(NaiveProgram.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => SeeToAsync(channel, delivery);
        await channel.BasicConsumeAsync(NaiveProgram.Queue, autoAck: false, consumer, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private async Task SeeToAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        var number = delivery.BasicProperties.MessageId!;
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Orders.Where(o => o.Number == number).ExecuteUpdateAsync(o => o.SetProperty(x => x.Status, "shipped"));
        }
        catch (System.Data.Common.DbException)
        {
            // The database was busy for too long: once more.
            await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true);
            return;
        }

        await channel.BasicPublishAsync(Topology.Events, "order.shipped", mandatory: false, new BasicProperties { CorrelationId = number }, ReadOnlyMemory<byte>.Empty);
        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    }
}
