using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Tests.Shop;

/// <summary>The private node itself keeps its promises; every test of messaging stands on them.</summary>
public sealed class A_private_broker
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_persistent_messages_through_a_sudden_death_a_pause_and_an_orderly_stop()
    {
        await using var broker = await PrivateBroker.StartAsync(Cancellation);
        await PublishAsync(broker, "first");

        broker.Kill();
        await Should.ThrowAsync<BrokerUnreachableException>(() => ConnectAsync(broker));
        await broker.StartAgainAsync(Cancellation);
        await PublishAsync(broker, "second");

        broker.PauseProcess();
        var third = PublishAsync(broker, "third");
        await Should.ThrowAsync<TimeoutException>(() => third.WaitAsync(TimeSpan.FromMilliseconds(300), Cancellation));
        broker.Resume();
        await third;

        await broker.RestartAsync(Cancellation);
        // A classic queue may confirm a moment before it syncs, so a sudden death right after the confirm may cost the first one.
        (await broker.ControlAsync("list_queues name messages --no-table-headers", Cancellation)).ShouldBeOneOf("orders\t3", "orders\t2");
    }

    [Fact]
    public async Task Leaves_no_process_and_no_file_behind()
    {
        var broker = await PrivateBroker.StartAsync(management: true, Cancellation);
        using var http = new HttpClient();
        (await http.GetAsync(broker.ManagementUri, Cancellation)).EnsureSuccessStatusCode();
        var node = int.Parse(await broker.ControlAsync("eval 'list_to_integer(os:getpid()).'", Cancellation));

        await broker.DisposeAsync();

        Directory.Exists(broker.Folder).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Process.GetProcessById(node));
    }

    private static async Task PublishAsync(PrivateBroker broker, string text)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        await channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await channel.BasicPublishAsync("", "orders", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text), Cancellation);
    }

    private static Task<IConnection> ConnectAsync(PrivateBroker broker) =>
        new ConnectionFactory { Uri = broker.Uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancellation);
}
