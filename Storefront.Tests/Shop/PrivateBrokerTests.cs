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
    public async Task Keeps_persistent_messages_through_an_orderly_stop_a_sudden_death_and_a_pause()
    {
        await using var broker = await PrivateBroker.StartAsync(Cancellation);
        await DeclareAsync(broker);
        await PublishAsync(broker, "first");

        // First of all: the node writes down which quorum queues it has a good while after they were declared, and when it stops; what dies before begins again with none.
        await broker.RestartAsync(Cancellation);
        await HoldsAsync(broker, 1);
        await PublishAsync(broker, "second");

        broker.Kill();
        await Should.ThrowAsync<BrokerUnreachableException>(() => ConnectAsync(broker));
        await broker.StartAgainAsync(Cancellation);
        await HoldsAsync(broker, 2);

        broker.PauseProcess();
        var third = PublishAsync(broker, "third");
        await Should.ThrowAsync<TimeoutException>(() => third.WaitAsync(TimeSpan.FromMilliseconds(300), Cancellation));
        broker.Resume();
        await third;
        await HoldsAsync(broker, 3);
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

    /// <summary>Waits until the queue is led again after a start and counts exactly so many messages.</summary>
    private static Task HoldsAsync(PrivateBroker broker, int messages) =>
        Watching.UntilAsync($"{messages} messages in the queue", async () =>
            await broker.ControlAsync("list_queues name messages --no-table-headers", Cancellation) == $"orders\t{messages}", Cancellation);

    /// <summary>A quorum queue confirms after it has synced; a classic one may do so before, and a sudden death then costs what it confirmed.</summary>
    private static async Task DeclareAsync(PrivateBroker broker)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var kind = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, kind, cancellationToken: Cancellation);
    }

    private static async Task PublishAsync(PrivateBroker broker, string text)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        await channel.BasicPublishAsync("", "orders", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text), Cancellation);
    }

    private static Task<IConnection> ConnectAsync(PrivateBroker broker) =>
        new ConnectionFactory { Uri = broker.Uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancellation);
}
