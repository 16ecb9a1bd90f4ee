using System.Text.Json;
using RabbitMQ.Client;

namespace Storefront.Tests.Messaging;

/// <summary>The broker has dead letters of its own; they come into the one table with all others.</summary>
public sealed class What_the_broker_gives_up(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_found_among_the_dead_letters_with_its_queue_its_reason_and_its_headers()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), ("Departments:Sales:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var properties = new BasicProperties
        {
            MessageId = "m-1",
            Expiration = "1",
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["colour"] = "green",
                ["odd"] = new List<object?> { 1, true, null, 2.5, new byte[] { 0xFF }, new AmqpTimestamp(7), new Dictionary<string, object?>(StringComparer.Ordinal) { ["deep"] = "down" } },
            },
        };

        // Nobody works at this queue, and the message does not keep.
        await outsider.Channel.BasicPublishAsync("", "shop.sales", mandatory: true, properties, "whatever"u8.ToArray(), Cancellation);

        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        (letter.Queue, letter.MessageId, letter.Reason).ShouldBe(("shop.sales", "m-1", "The broker gave it up: expired."));
        letter.Body.ShouldBe("whatever"u8.ToArray());
        using var headers = JsonDocument.Parse(letter.Headers);
        headers.RootElement.GetProperty("colour").GetString().ShouldBe("green");
        headers.RootElement.GetProperty("odd").EnumerateArray().Last().GetProperty("deep").GetString().ShouldBe("down");
    }
}
