namespace Storefront.Tests.Messaging;

/// <summary>The broker is not ours alone: queues may be there before us, otherwise than we would have them, or go while we use them.</summary>
public sealed class Queues_declared_by_somebody_else(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Like_the_tutorials_first_program_does_are_used_as_they_are_and_the_cure_is_named()
    {
        var host = await broker.NewHostAsync(Cancellation);
        // The tutorial's first program: no durable=True.
        await Pika.RunAsync(host, "channel.queue_declare(queue='orders')");
        await using var shop = await MessagingShop.OpenAsync(host);
        await shop.AtBrokerAsync(Cancellation);

        var note = shop.Broker().Now.Notes.ShouldHaveSingleItem();
        note.ShouldContain("'orders'");
        note.ShouldContain("durable");
        note.ShouldContain("rabbitmqctl delete_queue orders");
        shop.Broker().Now.IsWell.ShouldBeFalse();
        await ShipsAsync(shop);
    }

    [Fact]
    public async Task With_other_arguments_are_used_as_they_are()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using (var somebody = await Outsider.ConnectAsync(host))
        {
            await somebody.Channel.QueueDeclareAsync("shop.sales", durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-priority"] = 3 }, cancellationToken: Cancellation);
        }

        await using var shop = await MessagingShop.OpenAsync(host);
        await shop.AtBrokerAsync(Cancellation);

        shop.Broker().Now.Notes.ShouldHaveSingleItem().ShouldContain("'shop.sales'");
        await ShipsAsync(shop);
    }

    [Fact]
    public async Task After_us_need_no_arguments_for_orders()
    {
        await using var shop = await OpenAsync(("Messaging:QueueType", "Quorum"));
        await using var outsider = await shop.MeetAsync(Cancellation);

        await outsider.Channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);

        // Whatever the type of our own queues; those are quorum queues, as was asked for.
        await outsider.Channel.QueueDeclareAsync("shop.dead", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" }, cancellationToken: Cancellation);
        shop.Broker().Now.IsWell.ShouldBeTrue();
        await ShipsAsync(shop);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("shop.packing")]
    public async Task And_deleted_under_our_consumer_are_made_anew(string queue)
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        await ShipsAsync(shop);

        // The broker cancels the consumer, and the connection goes on living.
        await outsider.Channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: Cancellation);

        await outsider.DeclaredAsync(queue);
        await ShipsAsync(shop);
        shop.Log.ShouldContain($"the consumer of '{queue}' was cancelled");
    }

    [Fact]
    public async Task And_unbound_are_bound_again_before_an_event_is_lost()
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);

        await outsider.Channel.QueueUnbindAsync("shop.packing", "shop.events", "order.picked", cancellationToken: Cancellation);

        await ShipsAsync(shop);
        shop.Log.ShouldNotContain("is away");
    }

    private static async Task ShipsAsync(TestShop shop) => await shop.DoneAsync(await shop.PlaceAsync(Cancellation), Cancellation);

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), settings);
}
