using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments.Controls;
using Storefront.Messaging.Queues;
using Storefront.Orders;

namespace Storefront.Tests.Messaging.Queues;

/// <summary>What a real broker says of the shop's queues, with its management API and without.</summary>
public sealed class The_figures_of_the_queues(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tell_what_waits_and_what_is_in_hand_where_the_management_API_is_asked()
    {
        await using var shop = await OpenAsync(broker.ManagementUri.ToString());
        await using var outsider = await WaitingAsync(shop, 3);
        for (var i = 0; i < 2; i++)
        {
            (await outsider.Channel.BasicGetAsync("shop.sales", autoAck: false, Cancellation)).ShouldNotBeNull();
        }

        // The broker itself counts anew every five seconds.
        var figures = await UntilAsync(shop, f => Sales(f).Unacked == 2);
        (figures.Source, figures.Missed).ShouldBe((FiguresSource.Management, null));
        figures.Alarms.ShouldBe([]);
        figures.Queues.Select(q => q.Name).ShouldBe(["orders", "shop.sales", "shop.marketing", "shop.warehouse", "shop.packing", "shop.shipping", "shop.dead"]);
        figures.Queues.ShouldAllBe(q => !q.IsMissing && q.Ready >= 0 && q.Unacked >= 0);
        Sales(figures).ShouldSatisfyAllConditions(q => (q.Ready, q.Depth, q.Consumers).ShouldBe((1, 3, 0)), q => q.InRate.ShouldNotBeNull());
        figures.Queues.Single(q => q.Name == "orders").Consumers.ShouldBe(1);
    }

    [Fact]
    public async Task Tell_what_waits_and_who_consumes_where_only_AMQP_can_be_asked_and_the_rest_is_unknown()
    {
        await using var shop = await OpenAsync("off");
        await using var outsider = await WaitingAsync(shop, 3);

        var figures = await UntilAsync(shop, f => Sales(f).Ready == 3);
        (figures.Source, figures.Missed, figures.Alarms).ShouldBe((FiguresSource.Amqp, "Broker:Management is off", null));
        Sales(figures).ShouldBe(new QueueFigures("shop.sales") { Ready = 3, Consumers = 0 }, "what is in hand and how quick it is nobody said");
        Sales(figures).Depth.ShouldBeNull();
        figures.Queues.Single(q => q.Name == "orders").ShouldBe(new QueueFigures("orders") { Ready = 0, Consumers = 1 });
    }

    [Fact]
    public async Task Tell_of_a_queue_that_is_not_there_and_of_those_asked_about_after_it()
    {
        await using var shop = await OpenAsync("off");
        await shop.AtBrokerAsync(Cancellation);
        var source = shop.Services.GetRequiredService<AmqpQueues>();
        BrokerFigures? figures = null;
        await Watching.UntilAsync("the broker can be asked", async () => (figures = await AskAsync(source)) is not null, Cancellation);
        figures!.Queues.Select(q => (q.Name, q.IsMissing, q.Ready is not null)).ShouldBe([("orders", false, true), ("no.such.queue", true, false), ("shop.sales", false, true)]);
    }

    [Fact]
    public async Task Are_all_unknown_and_say_why_while_the_broker_is_away()
    {
        await using var shop = await TestShop.OpenAsync();
        var figures = await shop.Services.GetRequiredService<QueueReader>().NowAsync(Cancellation);
        figures.Source.ShouldBe(FiguresSource.None);
        figures.Missed.ShouldBe("the broker is not at its usual port, so Broker:Management has to say where its management API is; the broker is away");
        figures.Queues.Count.ShouldBe(7);
        figures.Queues.ShouldAllBe(q => q == new QueueFigures(q.Name));
    }

    private static QueueFigures Sales(BrokerFigures figures) => figures.Queues.Single(q => q.Name == "shop.sales");

    private static async Task<BrokerFigures?> AskAsync(AmqpQueues source)
    {
        try
        {
            return await source.ReadAsync(["orders", "no.such.queue", "shop.sales"], Cancellation);
        }
        catch (FiguresNotHadException)
        {
            // The shop is at the broker, but this part of it has yet to come there.
            return null;
        }
    }

    private static async Task<BrokerFigures> UntilAsync(TestShop shop, Predicate<BrokerFigures> fact)
    {
        var reader = shop.Services.GetRequiredService<QueueReader>();
        BrokerFigures? figures = null;
        await Watching.UntilAsync("the figures are so", async () => fact(figures = await reader.NowAsync(Cancellation)), Cancellation);
        return figures!;
    }

    /// <summary>So many orders lie in the queue of sales, which is paused.</summary>
    private static async Task<Outsider> WaitingAsync(TestShop shop, int orders)
    {
        var outsider = await shop.MeetAsync(Cancellation);
        (await shop.Services.GetRequiredService<DepartmentControls>().ChangeAsync(Department.Sales, new() { Paused = true }, "Holly", Cancellation)).ShouldBeEmpty();
        await Watching.UntilAsync("nobody consumes", async () => (await outsider.Channel.QueueDeclarePassiveAsync("shop.sales", Cancellation)).ConsumerCount == 0, Cancellation);
        for (var i = 0; i < orders; i++)
        {
            await shop.PlaceAsync(Cancellation);
        }

        await Watching.UntilAsync("they lie there", async () => await outsider.CountAsync("shop.sales") == orders, Cancellation);
        return outsider;
    }

    private async Task<TestShop> OpenAsync(string management) => await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), ("Broker:Management", management));
}
