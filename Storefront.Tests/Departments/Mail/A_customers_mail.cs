using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using RabbitMQ.Client;
using Storefront.Departments.Controls;
using Storefront.Departments.Mail;
using Storefront.Departments.Shipping;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments.Mail;

/// <summary>From the order to the customer's letter-box, over a real broker and a real mail server.</summary>
public sealed class A_customers_mail(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_of_the_order_and_of_its_leaving_with_a_link_that_proves_whose_it_is()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink);
        var number = await shop.PlaceMailedAsync();

        var mails = await sink.ReceivesAsync(2);
        await shop.SentAsync(2);

        foreach (var mail in new[] { mails.Of(number, MailKind.Confirmation), mails.Of(number, MailKind.Shipped) })
        {
            mail.To.Mailboxes.Select(m => (m.Name, m.Address)).ShouldBe([("Helgi Möller", MailShop.Address)]);
            mail.From.Mailboxes.Select(m => (m.Name, m.Address)).ShouldBe([("Hopwick", "orders@hopwick.example")]);
            mail.Body.ShouldBeOfType<MultipartAlternative>().Select(p => p.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);
            mail.Subject.ShouldNotBeNull().ShouldContain(number.ToString());
            mail.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
            shop.Services.GetRequiredService<OrderKeys>().Matches(number, mail.KeyOf(number)).ShouldBeTrue();
        }

        mails.Of(number, MailKind.Shipped).Text().ShouldContain(ShippingDepartment.TrackingNumber($"{number}:shipping"));
        shop.Log.ShouldNotContain("example.com");
        shop.Log.ShouldNotContain("Helgi");
    }

    [Fact]
    public async Task Is_sent_once_more_when_the_staff_wants_it_as_another_mail()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink);
        var number = await shop.PlaceMailedAsync();
        await sink.ReceivesAsync(2);
        await shop.SentAsync(2);
        var resend = shop.Services.GetRequiredService<ResendMail>();

        (await resend.RunAsync(number, MailKind.Confirmation, "Holly", Cancellation)).ShouldBe(MailAgain.Sent);
        (await resend.RunAsync(number, MailKind.Delayed, "Holly", Cancellation)).ShouldBe(MailAgain.Unknown, "none was ever written");

        var mails = await sink.ReceivesAsync(3);
        await shop.SentAsync(2);
        mails.Select(m => m.MessageId).ShouldBeUnique();
        mails[^1].ShouldSatisfyAllConditions(m => m.MessageId.ShouldBe($"{number}.confirmation.1@hopwick.example"), m => m.Subject.ShouldBe(mails.Of(number, MailKind.Confirmation).Subject));
        await using var db = shop.OpenDatabase();
        (db.AuditLog.Single().Who, db.AuditLog.Single().Action).ShouldBe(("Holly", "order.resend-mail"));
    }

    [Fact]
    public async Task Lets_its_reader_cancel_and_then_tells_of_that()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Packing:Enabled", "false"));
        var number = await shop.PlaceMailedAsync();
        var confirmation = (await sink.ReceivesAsync(1)).Of(number, MailKind.Confirmation);

        using var cancel = new HttpRequestMessage(HttpMethod.Delete, new Uri($"/order/{number}", UriKind.Relative));
        cancel.Headers.Add("Order-Key", confirmation.KeyOf(number));
        using var answer = await shop.Client.SendAsync(cancel, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var mail = (await sink.ReceivesAsync(2)).Of(number, MailKind.Cancelled);
        mail.Subject.ShouldBe($"Your order {number} is cancelled");
        mail.References.ShouldHaveSingleItem().ShouldBe(confirmation.MessageId);
    }

    [Fact]
    public async Task Tells_of_a_delay_once_however_often_a_room_gives_up()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Packing:FailureRate", "1"), ("Messaging:RetryDelays", "1 ms, 1 ms, 1 ms, 1 ms"));
        var number = await shop.PlaceMailedAsync();

        (await sink.ReceivesAsync(2)).Of(number, MailKind.Delayed).Subject.ShouldBe($"Your order {number} takes longer");
        await shop.DeadLettersAsync(1, Cancellation);
        await shop.ReplayAsync();
        await shop.DeadLettersAsync(2, Cancellation);
        (await shop.Services.GetRequiredService<DepartmentControls>().ChangeAsync(Department.Packing, new() { FailureRate = 0.0 }, "anna", Cancellation)).ShouldBeEmpty();
        await shop.ReplayAsync();

        // The second delay's event was there before that of the shipping.
        var mails = await sink.ReceivesAsync(3);
        await shop.SentAsync(3);
        mails.Select(m => m.MessageId).ShouldBeUnique();
        mails.Of(number, MailKind.Shipped);
    }

    [Fact]
    public async Task Is_not_written_about_a_room_that_holds_up_no_goods()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Marketing:FailureRate", "1"), ("Messaging:RetryDelays", "1 ms, 1 ms, 1 ms, 1 ms"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var delays = await outsider.ListenAsync("order.delayed");
        await shop.PlaceMailedAsync();

        await shop.DeadLettersAsync(1, Cancellation);
        await shop.SentAsync(2);
        await shop.OutboxEmptyAsync();
        await outsider.Channel.BasicPublishAsync("shop.events", "order.delayed", mandatory: true, new BasicProperties(), "marker"u8.ToArray(), Cancellation);

        (await delays.NextAsync()).Text.ShouldBe("marker", "nothing was told before it");
        sink.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Is_in_the_language_the_order_was_placed_in()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Packing:Enabled", "false"));
        var (german, icelandic, unsaid) = (await shop.PlaceMailedAsync("de"), await shop.PlaceMailedAsync("is"), await shop.PlaceMailedAsync());

        var mails = await sink.ReceivesAsync(3);

        mails.Of(german, MailKind.Confirmation).Subject.ShouldBe($"Wir haben deine Bestellung {german}");
        mails.Of(german, MailKind.Confirmation).Text().ShouldContain("2 × Heckenschnur: 8,40\u00a0€");
        mails.Of(icelandic, MailKind.Confirmation).Page().ShouldContain("<html lang=\"is\">");
        mails.Of(icelandic, MailKind.Confirmation).Subject.ShouldBe($"Við fengum pöntunina þína {icelandic}");
        mails.Of(unsaid, MailKind.Confirmation).Subject.ShouldBe($"We have your order {unsaid}");
    }

    [Fact]
    public async Task Is_sent_once_however_often_the_event_comes()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Packing:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await shop.PlaceMailedAsync();
        await shop.SentAsync(1);

        for (var i = 0; i < 3; i++)
        {
            await outsider.SendAsync("shop.mail", $$"""{"order_num": "{{number}}"}""", $"{number}:accepted", "order.accepted.v1");
        }

        // What is behind them comes after them only where one is dealt with at a time.
        // They are dealt with one at a time, so the mail of the next order stands behind them.
        var next = await shop.PlaceMailedAsync();
        await shop.SentAsync(2);
        sink.Mails.Count.ShouldBe(2);
        sink.Mails.Of(next, MailKind.Confirmation);
        (await shop.MailsAsync()).Select(m => (m.State, m.Attempts)).ShouldBe([(MailState.Sent, 1), (MailState.Sent, 1)]);
    }

    [Fact]
    public async Task Costs_an_order_without_an_address_nothing()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink);
        var silent = await shop.PlaceAsync(Cancellation);
        await shop.DoneAsync(silent, Cancellation);

        var number = await shop.PlaceMailedAsync();
        await shop.SentAsync(2);

        sink.Mails.Count.ShouldBe(2);
        sink.Mails.Of(number, MailKind.Shipped);
        (await shop.MailsAsync()).Count.ShouldBe(2, "the other order has no row there");
    }

    [Fact]
    public async Task Needs_only_to_hear_whether_there_is_an_address_and_not_which()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink);
        await using var outsider = await shop.MeetAsync(Cancellation);
        var (accepted, shipped) = (await outsider.ListenAsync("order.accepted"), await outsider.ListenAsync("order.shipped"));

        foreach (var hasEmail in new[] { false, true })
        {
            var number = hasEmail ? await shop.PlaceMailedAsync() : await shop.PlaceAsync(Cancellation);
            await shop.DoneAsync(number, Cancellation);
            foreach (var told in new[] { await accepted.NextAsync(), await shipped.NextAsync() })
            {
                told.Properties.CorrelationId.ShouldBe(number.ToString());
                using var body = JsonDocument.Parse(told.Body);
                body.RootElement.GetProperty("has_email").GetBoolean().ShouldBe(hasEmail);
                told.Text.ShouldNotContain("example.com");
            }
        }
    }

    [Theory]
    [InlineData("order.shipped.v1", "'shipped'; it is 'picked'")]
    [InlineData("order.cancelled.v1", "'cancelled'; it is 'picked'")]
    [InlineData("order.packed.v1", "Nobody is written to about 'order.packed.v1'.")]
    public async Task Is_not_written_about_what_is_not_so(string type, string reason)
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await OpenAsync(sink, ("Departments:Packing:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await shop.PlaceMailedAsync();
        await Watching.UntilAsync("picked", async () => (await shop.FindAsync(number)).Status == OrderStatus.Picked, Cancellation);

        await outsider.SendAsync("shop.mail", $$"""{"order_num": "{{number}}"}""", type: type);

        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        (letter.Queue, letter.Attempts).ShouldBe(("shop.mail", 0));
        letter.Reason.ShouldContain(reason);
        sink.Mails.ShouldAllBe(m => m.MessageId!.Contains("confirmation", StringComparison.Ordinal));
    }

    private async Task<TestShop> OpenAsync(MailSink sink, params (string Key, string Value)[] settings) =>
        await MailShop.OpenAsync(await broker.NewHostAsync(Cancellation), sink.Port, [.. settings, ("Mail:Concurrency", "1")]);
}
