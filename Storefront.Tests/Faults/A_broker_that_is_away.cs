using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging;

namespace Storefront.Tests.Faults;

/// <summary>The shop takes orders whether or not its broker is there; each is worked off once, and no attempt is lost to an outage.</summary>
public sealed class A_broker_that_is_away(HarmedBroker broker) : IClassFixture<HarmedBroker>
{
    /// <summary>The shop's queues: <c>orders</c>, five departments, the dead letters and the news.</summary>
    private const int Queues = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_shop_opens_only_delays_the_orders()
    {
        await broker.ReadyAsync(Cancellation);
        await broker.TakeDownAsync(orderly: false);
        await using var shop = await broker.OpenShopAsync();
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(10, Cancellation);
        await IsAsync(shop, BrokerState.Away);
        ledger.Fault();

        await broker.BringBackAsync(Cancellation);

        await IsAsync(shop, BrokerState.Up);
        await customers.EndAsync();
        (await ClosesUnharmedAsync(shop, ledger)).Recovered.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task Again_and_again_while_orders_come_in_loses_none_and_repeats_nothing()
    {
        await broker.ReadyAsync(Cancellation);
        await using var shop = await broker.OpenShopAsync();
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await IsAsync(shop, BrokerState.Up);

        (Func<Task> Down, Func<Task> Up)[] outages =
        [
            (() => broker.TakeDownAsync(orderly: false), () => broker.BringBackAsync(Cancellation)),
            (() => broker.TakeDownAsync(orderly: true), () => broker.BringBackAsync(Cancellation)),
            (() => broker.Node.ControlAsync("stop_app", Cancellation), () => broker.Node.ControlAsync("start_app", Cancellation)),
            (() => broker.Node.ControlAsync("stop_app", Cancellation), () => broker.Node.ControlAsync("start_app", Cancellation)),
            (() => broker.TakeDownAsync(orderly: false), () => broker.BringBackAsync(Cancellation)),
        ];
        foreach (var (down, up) in outages)
        {
            await customers.MoreAsync(10, Cancellation);
            ledger.Fault();
            await down();
            await IsAsync(shop, BrokerState.Away);
            await customers.MoreAsync(5, Cancellation);
            await up();
            await IsAsync(shop, BrokerState.Up);
            ledger.Fault();
            await ListensAsync(shop);
        }

        await customers.EndAsync();
        (await ClosesUnharmedAsync(shop, ledger)).Recovered.ShouldBeGreaterThanOrEqualTo(25);
    }

    [Fact]
    public async Task That_closes_every_connection_again_and_again_burns_no_attempt()
    {
        await broker.ReadyAsync(Cancellation);
        // Work that takes a while, so that connections go while it is in hand.
        await using var shop = await broker.OpenShopAsync(("Simulation:TimeScale", "0.05"));
        await IsAsync(shop, BrokerState.Up);
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        for (var cut = 1; cut <= 4; cut++)
        {
            await IsAsync(shop, BrokerState.Up);
            await customers.MoreAsync(5, Cancellation);
            ledger.Fault();
            await broker.Node.ControlAsync("close_all_connections cut", Cancellation);
        }

        await customers.EndAsync();
        (await ClosesUnharmedAsync(shop, ledger)).Recovered.ShouldBeGreaterThan(0);
    }

    private static async Task IsAsync(TestShop shop, BrokerState state)
    {
        var status = shop.Services.GetRequiredService<BrokerStatus>();
        await Watching.UntilAsync($"the broker is {state}", () => Task.FromResult(status.Now.State == state), Cancellation);
        string.IsNullOrWhiteSpace(status.Now.Reason).ShouldBe(state == BrokerState.Up, status.Now.Reason);
    }

    /// <summary>No listener is dead: each queue has its consumer, says the broker too.</summary>
    private async Task ListensAsync(TestShop shop)
    {
        var status = shop.Services.GetRequiredService<ConsumersStatus>();
        await Watching.UntilAsync("every queue has its consumer", () => Task.FromResult(status.Now.Queues.Count(q => q.Value.IsConsumed) == Queues), Cancellation);
        var consumers = await broker.Node.ControlAsync("list_consumers queue_name --no-table-headers", Cancellation);
        consumers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(Queues, consumers);
    }

    private static async Task<Figures> ClosesUnharmedAsync(TestShop shop, Ledger ledger)
    {
        var figures = await ledger.ClosesAsync(shop, Cancellation);
        figures.Dead.ShouldBe(0);
        await using var db = shop.OpenDatabase();
        (await db.OrderTasks.CountAsync(t => t.Attempts != 1, Cancellation)).ShouldBe(0, "the work in hand went on while the broker was away");
        return figures;
    }
}
