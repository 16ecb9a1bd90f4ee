using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Tests.Faults;

/// <summary>The shop takes orders whether or not its broker is there; each is worked off once, and no attempt is lost to an outage.</summary>
public sealed class A_broker_that_is_away(HarmedBroker broker) : IClassFixture<HarmedBroker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_shop_opens_only_delays_the_orders()
    {
        await broker.ReadyAsync(Cancellation);
        await broker.TakeDownAsync(orderly: false);
        await using var shop = await broker.OpenShopAsync();
        var accepted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.PlaceAsync(Cancellation)));
        await IsAsync(shop, BrokerState.Away);

        await broker.BringBackAsync(Cancellation);

        await IsAsync(shop, BrokerState.Up);
        await BalancesAsync(shop, accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_orders_come_in_loses_none_and_repeats_nothing(bool orderly)
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var load = Load.On(shop);
        await IsAsync(shop, BrokerState.Up);
        await load.MoreAsync(20, Cancellation);

        await broker.TakeDownAsync(orderly);
        await IsAsync(shop, BrokerState.Away);
        await load.MoreAsync(10, Cancellation);
        await broker.BringBackAsync(Cancellation);
        await IsAsync(shop, BrokerState.Up);
        await load.MoreAsync(10, Cancellation);

        await BalancesAsync(shop, await load.EndAsync());
    }

    [Fact]
    public async Task That_closes_every_connection_again_and_again_burns_no_attempt()
    {
        await broker.ReadyAsync(Cancellation);
        // Work that takes a while, so that connections go while it is in hand.
        await using var shop = await broker.OpenShopAsync(("Simulation:TimeScale", "0.05"));
        await IsAsync(shop, BrokerState.Up);
        var load = Load.On(shop);
        for (var cut = 1; cut <= 3; cut++)
        {
            await load.MoreAsync(15, Cancellation);
            await broker.Node.ControlAsync("close_all_connections cut", Cancellation);
        }

        await BalancesAsync(shop, await load.EndAsync());
    }

    private static async Task IsAsync(TestShop shop, BrokerState state)
    {
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync($"the broker is {state}", () => Task.FromResult(status.Now.State == state), Cancellation);
        string.IsNullOrWhiteSpace(status.Now.Reason).ShouldBe(state == BrokerState.Up, status.Now.Reason);
    }

    private static async Task BalancesAsync(TestShop shop, OrderNumber[] accepted)
    {
        await shop.AllDoneAsync(accepted.Length, Cancellation);
        await shop.BalancesAsync(accepted, Cancellation);
        await using var db = shop.OpenDatabase();
        (await db.OrderTasks.CountAsync(t => t.Attempts != 1, Cancellation)).ShouldBe(0, "the work in hand went on while the broker was away");
        (await db.DeadLetters.CountAsync(Cancellation)).ShouldBe(0);
    }
}
