using RabbitMQ.Client;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments.Mail;

/// <summary>No server is set, so there is no mail: nothing is kept for it, and nothing piles up.</summary>
public sealed class Without_a_mail_server(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_written_down_and_there_is_no_queue()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);

        await shop.DoneAsync(await shop.PlaceMailedAsync(), Cancellation);

        (await outsider.CountAsync("shop.mail")).ShouldBeNull();
        (await shop.MailsAsync()).ShouldBeEmpty();
        shop.Broker().Now.IsWell.ShouldBeTrue();
    }

    [Fact]
    public async Task A_queue_that_is_left_from_a_time_with_one_gets_nothing_more_and_keeps_what_it_has()
    {
        await using var sink = await MailSink.OpenAsync();
        var host = await broker.NewHostAsync(Cancellation);
        await using (var before = await MailShop.OpenAsync(host, sink.Port))
        {
            await before.AtBrokerAsync(Cancellation);
        }

        await using var outsider = await Outsider.ConnectAsync(host);
        await outsider.SendAsync("shop.mail", """{"order_num": "7Q4M-X0ZB-K2TD"}""", type: "order.accepted.v1");
        await using (var shop = await MessagingShop.OpenAsync(host))
        {
            await shop.AtBrokerAsync(Cancellation);
            shop.Broker().Now.Notes.ShouldHaveSingleItem().ShouldStartWith("1 messages lie in the queue 'shop.mail'");

            // Confirmed means that it is in every queue it is to be in.
            await outsider.Channel.BasicPublishAsync("shop.events", "order.accepted", mandatory: true, new BasicProperties(), "marker"u8.ToArray(), Cancellation);
            (await outsider.CountAsync("shop.mail")).ShouldBe(1u);
        }

        // With a server again, it is dealt with.
        await using var after = await MailShop.OpenAsync(host, sink.Port);
        await Watching.UntilAsync("the message was read", async () =>
        {
            await using var db = after.OpenDatabase();
            return db.DeadLetters.AsEnumerable().Any(l => l.Queue == "shop.mail" && l.Reason == "There is no order 7Q4M-X0ZB-K2TD.");
        }, Cancellation);
    }
}
