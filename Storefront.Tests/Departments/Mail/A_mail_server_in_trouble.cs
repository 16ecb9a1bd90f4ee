using SmtpServer.Protocol;
using Storefront.Departments.Mail;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Departments.Mail;

/// <summary>Mail is no step of an order's life: whatever the mail server does, the order is shipped; and the mail follows when it can.</summary>
public sealed class A_mail_server_in_trouble(SharedBroker broker) : IDisposable
{
    private const string AtOnce = "1 ms, 1 ms, 1 ms, 1 ms";

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-mail-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_is_away_holds_up_no_order_and_gets_the_mail_when_it_is_back()
    {
        var port = MailSink.FreePort();
        await using var shop = await OpenAsync(port, ("Messaging:RetryDelays", "100 ms, 3 s, 30 s, 30 s"));
        var number = await shop.PlaceMailedAsync();

        var order = await shop.DoneAsync(number, Cancellation);
        await Watching.UntilAsync("an attempt has failed", async () => (await shop.MailsAsync()).Any(m => m.State == MailState.Retrying), Cancellation);
        (order.Status, order.NeedsAttention).ShouldBe((OrderStatus.Shipped, false));
        await using var sink = await MailSink.OpenAsync(port);

        var mails = await sink.ReceivesAsync(2);
        mails.Of(number, MailKind.Confirmation);
        mails.Of(number, MailKind.Shipped);
        await shop.SentAsync(2);
        shop.Log.ShouldContain($"at {number}:mail:");
    }

    [Fact]
    public async Task That_refuses_a_customer_for_good_makes_a_dead_letter_at_once_which_does_not_name_them()
    {
        await using var sink = await MailSink.OpenAsync();
        sink.Verdict = () => new(SmtpReplyCode.MailboxUnavailable, $"5.1.1 <{MailShop.Address.ToUpperInvariant()}>: no such rabbit");
        await using var shop = await OpenAsync(sink.Port);
        var number = await shop.PlaceMailedAsync();

        var letters = await shop.DeadLettersAsync(2, Cancellation);

        letters.ShouldAllBe(l => l.Queue == "shop.mail" && l.Attempts == 1 && l.CorrelationId == number.ToString() && l.Reason.Contains("refused the recipient (550)") && l.Reason.Contains("no such rabbit"));
        letters.ShouldAllBe(l => !$"{l.Reason} {l.Detail} {l.Headers} {System.Text.Encoding.UTF8.GetString(l.Body)}".Contains("example.com", StringComparison.OrdinalIgnoreCase));
        shop.Log.ShouldNotContain("example.com", Case.Insensitive);
        (await shop.DoneAsync(number, Cancellation)).NeedsAttention.ShouldBeFalse();

        // The mailbox is made, and the staff replays.
        sink.Verdict = () => null;
        (await shop.ReplayAsync()).ShouldBe(2);
        (await sink.ReceivesAsync(2)).Of(number, MailKind.Confirmation);
        await shop.SentAsync(2);
    }

    [Fact]
    public async Task That_is_busy_is_asked_again()
    {
        var asked = 0;
        await using var sink = await MailSink.OpenAsync();
        sink.Verdict = () => Interlocked.Increment(ref asked) <= 2 ? new(SmtpReplyCode.Aborted, "4.3.2 come back later") : null;
        await using var shop = await OpenAsync(sink.Port, ("Messaging:RetryDelays", AtOnce));
        await shop.PlaceMailedAsync();

        await sink.ReceivesAsync(2);
        await shop.SentAsync(2);

        (await shop.MailsAsync()).Sum(m => m.Attempts).ShouldBe(4);
    }

    [Fact]
    public async Task That_never_takes_it_makes_a_dead_letter_after_the_fifth_attempt_and_flags_no_order()
    {
        await using var sink = await MailSink.OpenAsync();
        sink.Verdict = () => new(SmtpReplyCode.Aborted, "4.3.2 come back later");
        await using var shop = await OpenAsync(sink.Port, ("Messaging:RetryDelays", AtOnce));
        var number = await shop.PlaceMailedAsync();

        var letters = await shop.DeadLettersAsync(2, Cancellation);

        letters.ShouldAllBe(l => l.Queue == "shop.mail" && l.Attempts == Order.MaxAttempts);
        (await shop.MailsAsync()).Select(m => (m.State, m.Attempts)).ShouldBe([(MailState.Failed, Order.MaxAttempts), (MailState.Failed, Order.MaxAttempts)]);
        var order = await shop.DoneAsync(number, Cancellation);
        (order.Status, order.NeedsAttention).ShouldBe((OrderStatus.Shipped, false));
    }

    [Fact]
    public async Task That_took_a_mail_before_the_shop_died_gets_it_again_under_the_same_message_id()
    {
        await using var sink = await MailSink.OpenAsync();
        var host = await broker.NewHostAsync(Cancellation);
        await using (var first = await ShopProcess.StartAsync(_folder, host, FailPoint.MailSent, Cancellation, MailShop.Settings(sink.Port)))
        {
            using var _ = await first.Client.PostOrderAsync($$"""{"customer_name": "Helgi", "products_ids": [2], "email": "{{MailShop.Address}}"}""");
            await first.Ended.WaitAsync(Watching.Bound, Cancellation);
            first.WasKilled.ShouldBeTrue("it died of the fail point");
        }

        sink.Mails.ShouldNotBeEmpty();
        await using var second = await OpenAsync(host, sink.Port, ("Data:Folder", _folder));
        await second.SentAsync(2);

        var repeated = sink.Mails.GroupBy(m => m.MessageId, m => m.Subject).ToList();
        repeated.Count.ShouldBe(2, "a confirmation and one that it is on its way");
        repeated.ShouldContain(g => g.Count() == 2);
        repeated.ShouldAllBe(g => g.Distinct().Count() == 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<TestShop> OpenAsync(int port, params (string Key, string Value)[] settings) => await OpenAsync(await broker.NewHostAsync(Cancellation), port, settings);

    private static Task<TestShop> OpenAsync(Uri host, int port, params (string Key, string Value)[] settings) => MailShop.OpenAsync(host, port, settings);
}
