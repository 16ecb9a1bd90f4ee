using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Messaging;

namespace Storefront.Tests.Messaging;

/// <summary>The broker is played to be away: the shop does without it as if it were, and comes back.</summary>
public sealed class An_outage_that_is_played(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_the_shop_leave_the_broker_take_orders_and_go_on_with_them_afterwards()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var outage = shop.Services.GetRequiredService<BrokerOutage>();
        outage.Begin(TimeSpan.FromHours(1), "Holly");
        await Watching.UntilAsync("the shop has left", async () => (await outsider.Channel.QueueDeclarePassiveAsync("orders", Cancellation)).ConsumerCount == 0, Cancellation);
        await Watching.UntilAsync("it says so", () => Task.FromResult(shop.Broker().Now is { State: BrokerState.Away, Reason: "an outage is played on the page Simulation; it ends by itself" }), Cancellation);

        var number = await shop.PlaceAsync(Cancellation);
        (await shop.FindAsync(number)).Tasks.ShouldAllBe(t => t.Attempts == 0);
        outage.End();
        await shop.DoneAsync(number, Cancellation);
    }

    [Fact]
    public async Task Ends_by_itself()
    {
        var clock = new FakeTimeProvider();
        var outage = new BrokerOutage(clock);
        var begun = outage.BegunAsync(Cancellation);
        begun.IsCompleted.ShouldBeFalse();
        outage.Begin(TimeSpan.FromSeconds(30), "Holly");
        await begun.WaitAsync(Watching.Bound, Cancellation);

        var over = outage.OverAsync(Cancellation);
        clock.Advance(TimeSpan.FromSeconds(29));
        (over.IsCompleted, outage.Now).ShouldBe((false, new OutageView(clock.Start + TimeSpan.FromSeconds(30), "Holly")));
        clock.Advance(TimeSpan.FromSeconds(1));
        await over.WaitAsync(Watching.Bound, Cancellation);
        outage.Now.ShouldBeNull();
    }

    [Fact]
    public async Task Is_as_long_as_who_began_it_last_said()
    {
        var clock = new FakeTimeProvider();
        var outage = new BrokerOutage(clock);
        outage.Begin(TimeSpan.FromSeconds(5), "Holly");
        var over = outage.OverAsync(Cancellation);
        outage.Begin(TimeSpan.FromSeconds(60), "Clover");
        // The wait has taken note of it when it lets the clock end it, at the end that was said last.
        clock.Advance(TimeSpan.FromSeconds(59));
        outage.Now.ShouldNotBeNull().By.ShouldBe("Clover");
        over.IsCompleted.ShouldBeFalse();
        outage.End();
        await over.WaitAsync(Watching.Bound, Cancellation);
    }
}
