using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;
using Storefront.Tests.Faults;
using static Storefront.Tests.Messaging.Writing;

namespace Storefront.Tests.Messaging;

/// <summary>What needs a broker of one's own to be shown: limits, alarms, and how soon the shop is there again.</summary>
public sealed class A_node_that_is_harmed(HarmedBroker broker) : IClassFixture<HarmedBroker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_a_smaller_limit_has_the_message_parked_that_is_too_big_for_it()
    {
        await broker.ReadyAsync(Cancellation);
        await broker.Node.ControlAsync("eval 'application:set_env(rabbit, max_message_size, 65536).'", Cancellation);
        try
        {
            await using var shop = await broker.OpenShopAsync();
            await using var outsider = await shop.MeetAsync(Cancellation);

            await A_message_the_broker_will_not_have.IsParkedAmongNeighboursAsync(shop, outsider, Letter("big") with { Body = new byte[100_000] });

            var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
            letter.Reason.ShouldContain("100000");
            letter.Body.Length.ShouldBe(100_000);
            shop.Log.ShouldNotContain("is away");
        }
        finally
        {
            await broker.Node.ControlAsync("eval 'application:set_env(rabbit, max_message_size, 134217728).'", Cancellation);
        }
    }

    [Fact]
    public async Task By_an_alarm_gets_what_waited_as_soon_as_that_ends()
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var heard = await outsider.ReadAsync(await outsider.DeclareOwnAsync("somewhere"));
        await broker.Node.ControlAsync("set_vm_memory_high_watermark absolute 10", Cancellation);
        await shop.WriteAsync(Letter("waiting"));
        await Watching.UntilAsync("the broker is blocked", () => Task.FromResult(shop.Broker().Now.State == BrokerState.Blocked), Cancellation);
        await shop.WriteAsync(Letter("waiting too"));

        await broker.Node.ControlAsync("set_vm_memory_high_watermark 0.4", Cancellation);

        (await heard.NextAsync()).Properties.MessageId.ShouldBe("waiting");
        (await heard.NextAsync()).Properties.MessageId.ShouldBe("waiting too");
        var arrived = DateTimeOffset.UtcNow;
        shop.Broker().Now.State.ShouldBe(BrokerState.Up);
        Promptness.Note("What waited for the alarm's end arrived", arrived - shop.Broker().Now.Since, TimeSpan.FromSeconds(1));
        shop.Log.ShouldNotContain("is away", customMessage: "one session all the time");
    }

    [Fact]
    public async Task By_a_crash_is_consumed_from_again_soon_after_its_return()
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var consumers = shop.Services.GetRequiredService<ConsumersStatus>();
        await Watching.UntilAsync("the shop consumes", () => Task.FromResult(consumers.Now.AllConsumed), Cancellation);
        await broker.TakeDownAsync(orderly: false);
        await Watching.UntilAsync("the shop has noticed", () => Task.FromResult(!consumers.Now.AllConsumed), Cancellation);

        await broker.BringBackAsync(Cancellation);
        var watch = Stopwatch.StartNew();
        await Watching.UntilAsync("the shop consumes again", () => Task.FromResult(consumers.Now.AllConsumed && consumers.Now.Queues.Count >= 8), Cancellation);

        Promptness.Note("Consumed again from the port that was back", watch.Elapsed, TimeSpan.FromSeconds(3));
        await using var db = shop.OpenDatabase();
        (await db.DeadLetters.AnyAsync(Cancellation)).ShouldBeFalse();
    }
}
