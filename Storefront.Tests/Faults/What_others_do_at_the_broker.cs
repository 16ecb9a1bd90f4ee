using Microsoft.EntityFrameworkCore;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Faults;

/// <summary>Somebody deletes queues, removes bindings or puts poison among the orders, at the broker itself and under load: every order ends all the same.</summary>
public sealed class What_others_do_at_the_broker(SharedBroker broker)
{
    private static readonly string[] Queues = ["orders", "shop.sales", "shop.marketing", "shop.warehouse", "shop.packing", "shop.shipping", "shop.dead"];

    private static readonly (string Queue, string Topic)[] Bindings = [("shop.sales", "order.accepted"), ("shop.warehouse", "order.accepted"), ("shop.packing", "order.picked")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleting_queues_under_their_consumers_loses_no_order()
    {
        await using var shop = await OpenAsync();
        var (ledger, customers, outsider) = await BeginAsync(shop);
        await using (outsider)
        {
            foreach (var queue in Queues)
            {
                await customers.MoreAsync(3, Cancellation);
                ledger.Fault();
                await outsider.Channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: Cancellation);
                await outsider.DeclaredAsync(queue);
            }
        }

        await customers.EndAsync();
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
    }

    [Fact]
    public async Task Removing_bindings_loses_no_order()
    {
        await using var shop = await OpenAsync();
        var (ledger, customers, outsider) = await BeginAsync(shop);
        await using (outsider)
        {
            foreach (var (queue, topic) in Bindings)
            {
                ledger.Fault();
                await outsider.Channel.QueueUnbindAsync(queue, "shop.events", topic, cancellationToken: Cancellation);
                await customers.MoreAsync(3, Cancellation);
            }
        }

        await customers.EndAsync();
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
    }

    [Fact]
    public async Task Putting_poison_among_the_orders_holds_nobody_up_and_all_of_it_is_visible()
    {
        await using var shop = await OpenAsync();
        var (ledger, customers, outsider) = await BeginAsync(shop);
        await using (outsider)
        {
            for (var kind = 0; kind < Poison.Kinds.Count; kind++)
            {
                await Poison.SendAsync(outsider.Channel, "orders", kind, ledger, Cancellation);
                await Poison.SendAsync(outsider.Channel, "shop.packing", kind, ledger, Cancellation);
                await customers.MoreAsync(1, Cancellation);
            }
        }

        await customers.EndAsync();
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
        (await shop.DeadLettersAsync(Poison.Kinds.Count * 2, Cancellation)).ShouldAllBe(l => l.Reason.Length > 0 && l.Attempts == 0);
        await using var db = shop.OpenDatabase();
        (await db.OrderTasks.CountAsync(t => t.Attempts != 1, Cancellation)).ShouldBe(0, "poison costs the others nothing");
    }

    private static async Task<(Ledger Ledger, Customers Customers, Outsider Outsider)> BeginAsync(TestShop shop)
    {
        var outsider = await shop.MeetAsync(Cancellation);
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(3, Cancellation);
        return (ledger, customers, outsider);
    }

    private async Task<TestShop> OpenAsync() =>
        await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), ("Catalog:OpeningStock", "1000000"), ("Messaging:SweepAfter", "2 s"));
}
