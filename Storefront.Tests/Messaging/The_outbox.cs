using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>What has been decided is sent: in order, once while all is well, not before its time, and by one relay.</summary>
public sealed class The_outbox(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_in_order_and_is_empty_after_the_confirms()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));

        // Several windows of unconfirmed messages.
        await WriteAsync(shop, [.. Enumerable.Range(1, 700).Select(i => i.ToString())]);

        for (var i = 1; i <= 700; i++)
        {
            (await heard.NextAsync()).Properties.MessageId.ShouldBe(i.ToString());
        }

        await shop.OutboxEmptyAsync();
        (await outsider.CountAsync("somewhere")).ShouldBe(0u);
    }

    [Fact]
    public async Task Keeps_a_message_back_until_its_time()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), clock);
        await using var outsider = await shop.MeetAsync(Cancellation);
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));

        await WriteAsync(shop, ["later"], TimeSpan.FromMinutes(10));
        // The clock stands still, so only the bell can bring it, and not the next sweep.
        await WriteAsync(shop, ["now"]);
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("now");
        clock.Advance(TimeSpan.FromMinutes(9));
        await WriteAsync(shop, ["nine minutes later"]);
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("nine minutes later");

        // No bell rings for it: the relay wakes by itself. It may not yet be asleep, so the clock ticks on.
        var next = heard.NextAsync();
        await Watching.UntilAsync("the message whose time has come", () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(next.IsCompleted);
        }, Cancellation);
        (await next).Properties.MessageId.ShouldBe("later");
    }

    [Fact]
    public async Task Keeps_what_no_queue_takes_without_holding_up_the_rest_and_sends_it_when_one_does()
    {
        // The message rests by this clock: it is not given up however long the rest takes.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), clock);
        await using var outsider = await shop.MeetAsync(Cancellation);
        await WriteAsync(shop, ["patient"], mandatory: true);
        await Watching.UntilAsync("the message came back", () => Task.FromResult(shop.Log.Contains("they stay in the outbox", StringComparison.Ordinal)), Cancellation);

        await shop.DoneAsync(await shop.PlaceAsync(Cancellation), Cancellation);
        await using (var db = shop.OpenDatabase())
        {
            (await db.Outbox.CountAsync(r => r.MessageId == "patient", Cancellation)).ShouldBe(1);
        }

        var next = (await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"))).NextAsync();
        await Watching.UntilAsync("it is sent again", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(next.IsCompleted);
        }, Cancellation);
        (await next).Properties.MessageId.ShouldBe("patient");
        await shop.OutboxEmptyAsync();
        shop.Log.ShouldNotContain("is away", customMessage: "no session was given up for it");
    }

    [Fact]
    public async Task Has_one_relay_and_the_next_takes_over_when_it_ends()
    {
        // This shop has no broker, so the two relays are the only ones.
        await using var shop = await TestShop.OpenAsync();
        var host = await broker.NewHostAsync(Cancellation);
        await using var outsider = await Outsider.ConnectAsync(host);
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));
        await using var one = await Relay.StartAsync(shop, host);
        await WriteAsync(shop, ["first"]);
        one.Bell.Ring();
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("first");
        await shop.OutboxEmptyAsync();

        await using var two = await Relay.StartAsync(shop, host);
        await WriteAsync(shop, ["second", "third"]);
        one.Bell.Ring();
        two.Bell.Ring();
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("second");
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("third");
        await shop.OutboxEmptyAsync();
        await one.DisposeAsync();
        await WriteAsync(shop, ["fourth"]);
        two.Bell.Ring();

        (await heard.NextAsync()).Properties.MessageId.ShouldBe("fourth", "nothing came twice before it");
        await shop.OutboxEmptyAsync();
    }

    [Fact]
    public async Task Has_no_row_fall_between_what_is_due_and_what_is_to_come()
    {
        await using var shop = await TestShop.OpenAsync();
        var table = shop.Services.GetRequiredService<OutboxTable>();
        (await table.NextAfterAsync(DateTimeOffset.UtcNow, Cancellation)).ShouldBeNull();
        await WriteAsync(shop, ["later"], TimeSpan.FromHours(1));
        await using var db = shop.OpenDatabase();
        var time = await db.Outbox.Select(r => r.NotBefore).SingleAsync(Cancellation);

        (await table.DueAsync(time.AddTicks(-1), [], 10, Cancellation)).ShouldBeEmpty();
        (await table.NextAfterAsync(time.AddTicks(-1), Cancellation)).ShouldBe(time);
        (await table.DueAsync(time, [], 10, Cancellation)).ShouldHaveSingleItem().MessageId.ShouldBe("later");
        (await table.NextAfterAsync(time, Cancellation)).ShouldBeNull();
    }

    private static Task<int> WriteAsync(TestShop shop, string[] ids, TimeSpan delay = default, bool mandatory = false) =>
        shop.WriteAsync(delay, [.. ids.Select(id => Writing.Letter(id) with { Mandatory = mandatory })]);
}
