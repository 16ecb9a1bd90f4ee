using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Storefront.Messaging;

namespace Storefront.Tests.Messaging;

/// <summary>What becomes of the message depends on whose doing it is.</summary>
public sealed class A_handler_that_fails(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_way_nobody_foresaw_costs_its_message_and_not_its_neighbours()
    {
        await using var shop = await TestShop.OpenAsync();
        var host = await broker.NewHostAsync(Cancellation);
        await using var outsider = await Outsider.ConnectAsync(host);
        await outsider.Channel.QueueDeclareAsync("work", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await outsider.SendAsync("work", "good 1");
        await outsider.SendAsync("work", "bad", "m-1");
        await outsider.SendAsync("work", "good 2");
        var handled = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using (var session = await BrokerSession.OpenAsync(host, Cancellation))
        {
            using var stop = new CancellationTokenSource();
            var consuming = ConsumeAsync(shop, session, body =>
                handled.Writer.TryWrite(body == "bad" ? throw new InvalidOperationException("Sequence contains no elements") : body), stop.Token);

            (await handled.Reader.ReadAsync(Cancellation)).ShouldBe("good 1");
            (await handled.Reader.ReadAsync(Cancellation)).ShouldBe("good 2");
            var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
            letter.Reason.ShouldBe("The shop failed at handling it (InvalidOperationException): Sequence contains no elements");
            letter.Detail.ShouldNotBeNull().ShouldContain(nameof(A_handler_that_fails), customMessage: "where it failed");
            (letter.Queue, letter.Exchange, letter.MessageId).ShouldBe(("work", "", "m-1"));
            consuming.IsCompleted.ShouldBeFalse("the session goes on");
            await stop.CancelAsync();
            await consuming;
        }

        (await outsider.CountAsync("work")).ShouldBe(0u, "it is acked");
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(ObjectDisposedException))]
    public async Task Because_its_surroundings_are_unwell_keeps_its_message(Type fault)
    {
        await using var shop = await TestShop.OpenAsync();
        var host = await broker.NewHostAsync(Cancellation);
        await using var outsider = await Outsider.ConnectAsync(host);
        await outsider.Channel.QueueDeclareAsync("work", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await outsider.SendAsync("work", "any");
        await using (var session = await BrokerSession.OpenAsync(host, Cancellation))
        {
            var ended = await Should.ThrowAsync<IOException>(() => ConsumeAsync(shop, session,
                _ => throw new InvalidOperationException("wrapped", (Exception)Activator.CreateInstance(fault, "unwell")!), Cancellation));
            ended.Message.ShouldStartWith("the consumer of 'work' failed");
        }

        await Watching.UntilAsync("the message is there again", async () => await outsider.CountAsync("work") == 1u, Cancellation);
        (await shop.DeadLettersAsync(0, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finds_headers_nested_however_deep_readable()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);
        object nested = "core";
        for (var i = 0; i < 100; i++)
        {
            nested = new Dictionary<string, object?>(StringComparer.Ordinal) { ["in"] = nested };
        }

        var properties = new BasicProperties { Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["deep"] = nested } };
        await outsider.Channel.BasicPublishAsync("", "orders", mandatory: true, properties, "no order"u8.ToArray(), Cancellation);

        (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem().Headers.ShouldContain("deep");
        shop.Log.ShouldNotContain("is away");
    }

    private static Task ConsumeAsync(TestShop shop, BrokerSession session, Func<string, bool> handle, CancellationToken stop) =>
        shop.Services.GetRequiredService<QueueConsumers>().Of("work", 1, (delivery, _) =>
        {
            handle(System.Text.Encoding.UTF8.GetString(delivery.Body));
            return Task.CompletedTask;
        }, NullLogger.Instance).RunAsync(session, stop);
}
