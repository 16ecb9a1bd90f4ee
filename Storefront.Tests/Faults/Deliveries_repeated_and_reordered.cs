using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Storefront.Departments;
using Storefront.Departments.Marketing;
using Storefront.Departments.Packing;
using Storefront.Departments.Sales;
using Storefront.Departments.Shipping;
using Storefront.Departments.Warehouse;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Faults;

/// <summary>A broker may deliver a message again, late and beside others, though never before the step that caused it; the end is the same.</summary>
public sealed class Deliveries_repeated_and_reordered(SharedBroker broker)
{
    /// <summary>Who hears of what, and whose work makes the step that is announced by it.</summary>
    private static readonly (Type Department, string Topic, string? CausedBy)[] Listeners =
    [
        (typeof(SalesDepartment), "accepted", null),
        (typeof(MarketingDepartment), "accepted", null),
        (typeof(WarehouseDepartment), "accepted", null),
        (typeof(PackingDepartment), "picked", "warehouse"),
        (typeof(ShippingDepartment), "packed", "packing"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task End_in_the_same_state_whatever_the_order()
    {
        // Without a broker: the test delivers, and the outbox keeps what would have been sent.
        await using var shop = await TestShop.OpenAsync();
        // Batches of deliveries that come side by side; each number picks one of those possible at that time.
        await Gen.Int[0, 99].Array[1, 4].Array[0, 7].SampleAsync(batches => EndsWellAsync(shop, batches), iter: 30, threads: 2);
    }

    [Fact]
    public async Task By_an_echo_on_the_broker_change_nothing()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using var shop = await MessagingShop.OpenAsync(host);
        await using var echo = await shop.MeetAsync(Cancellation);
        var events = await echo.ListenAsync("order.*");
        var accepted = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => shop.PlaceAsync(Cancellation)));

        // Every event again at once …
        var said = new List<Heard>();
        while (said.Count < accepted.Length * 4)
        {
            var heard = await events.NextAsync();
            if (!heard.Properties.Headers!.ContainsKey("echo"))
            {
                said.Add(heard);
                await RepeatAsync(echo, heard);
            }
        }

        await shop.AllDoneAsync(accepted.Length, Cancellation);
        var before = await VersionsAsync(shop);

        // … and all of them once more when everything is done, the last first; then the placed messages too.
        foreach (var heard in said.AsEnumerable().Reverse())
        {
            await RepeatAsync(echo, heard);
        }

        foreach (var number in accepted)
        {
            await echo.SendAsync("orders", $$"""{"order_num": "{{number}}", "customer": "echo", "price": 1}""", $"{number}:placed", OrderMessages.PlacedType);
        }

        var marker = await shop.PlaceAsync(Cancellation);
        await shop.DoneAsync(marker, Cancellation);
        await shop.BalancesAsync([.. accepted, marker], Cancellation);
        (await VersionsAsync(shop)).ShouldBe(before.Append(await VersionAsync(shop, marker)), ignoreOrder: true, "a repeat changes nothing");
        await using var db = shop.OpenDatabase();
        (await db.OrderTasks.CountAsync(t => t.Attempts != 1, Cancellation)).ShouldBe(0);
        (await db.DeadLetters.CountAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task By_a_relay_that_sends_the_whole_outbox_once_more_change_nothing()
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var db = shop.OpenDatabase();
        await db.KeepOutboxAsync(Cancellation);
        var accepted = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => shop.PlaceAsync(Cancellation)));
        await shop.AllDoneAsync(accepted.Length, Cancellation);
        await shop.BalancesAsync(accepted, Cancellation);
        var before = await VersionsAsync(shop);

        var again = await db.RepeatOutboxAsync(Cancellation);
        again.ShouldBeGreaterThanOrEqualTo(accepted.Length * 4, "placed, picked, packed, shipped");
        shop.Services.GetRequiredService<OutboxBell>().Ring();

        var marker = await shop.PlaceAsync(Cancellation);
        await shop.DoneAsync(marker, Cancellation);
        await shop.BalancesAsync([.. accepted, marker], Cancellation);
        (await VersionsAsync(shop)).ShouldBe(before.Append(await VersionAsync(shop, marker)), ignoreOrder: true, "a repeat changes nothing");
        (await db.DeadLetters.CountAsync(Cancellation)).ShouldBe(0);
    }

    private static async Task EndsWellAsync(TestShop shop, int[][] batches)
    {
        var number = await shop.PlaceAsync(Cancellation);
        var versions = new List<long>();
        var delivered = new HashSet<Type>();
        foreach (var batch in batches)
        {
            var possible = await PossibleAsync(shop, number);
            var chosen = batch.Select(i => possible[i % possible.Count]).ToList();
            await Task.WhenAll(chosen.Select(c => DeliverAsync(shop, number, c.Department, c.Topic)));
            delivered.UnionWith(chosen.Select(c => c.Department));
            versions.Add(await VersionAsync(shop, number));
        }

        // Nothing is lost for good: what has not come yet comes now.
        foreach (var late in Listeners.Where(l => !delivered.Contains(l.Department)))
        {
            await DeliverAsync(shop, number, late.Department, late.Topic);
        }

        versions.ShouldBe([.. versions.Order()], "a version never goes back");
        var order = await shop.FindAsync(number);
        (order.Status, order.IsComplete).ShouldBe((OrderStatus.Shipped, true));
        order.Tasks.ShouldAllBe(t => t.State == TaskState.Done && t.Attempts == 1);
        order.Version.ShouldBe(1 + (2 * Listeners.Length), "a change for each claim and each end, none for a repeat");
        var book = shop.Books().Where(e => e.Key.StartsWith($"{number}:", StringComparison.Ordinal)).ToList();
        book.Select(e => e.Key).ShouldBe([$"{number}:sales", $"{number}:warehouse", $"{number}:packing", $"{number}:shipping"], ignoreOrder: true);
        book.ShouldAllBe(e => e.Calls >= 1 && e.Effects == 1);
        await using var db = shop.OpenDatabase();
        (await db.CountedOrders.CountAsync(c => db.Orders.Any(o => o.Id == c.OrderId && o.Number == number), Cancellation)).ShouldBe(1);
        (await AnnouncedAsync(shop, number)).ShouldBe(["placed", "picked", "packed", "shipped"], "each step announced once, in order");
    }

    private static async Task<List<(Type Department, string Topic, string? CausedBy)>> PossibleAsync(TestShop shop, OrderNumber number)
    {
        var announced = await AnnouncedAsync(shop, number);
        return [.. Listeners.Where(l => l.CausedBy is null || announced.Contains(l.Topic))];
    }

    /// <summary>What the outbox holds of this order.</summary>
    private static async Task<List<string>> AnnouncedAsync(TestShop shop, OrderNumber number)
    {
        var text = number.ToString();
        await using var db = shop.OpenDatabase();
        return await db.Outbox.Where(r => r.CorrelationId == text).OrderBy(r => r.Id).Select(r => r.MessageId.Substring(text.Length + 1)).ToListAsync(Cancellation);
    }

    private static Task DeliverAsync(TestShop shop, OrderNumber number, Type department, string topic)
    {
        var to = (IDepartment)shop.Services.GetRequiredService(department);
        var delivery = new Delivery($"shop.{to.Name.Text()}", $"{number}:{topic}", $"order.{topic}.v1", number.ToString(), "storefront", null, null,
            Encoding.UTF8.GetBytes($$"""{"order_num": "{{number}}"}"""));
        return shop.Services.GetRequiredService<TaskRuns>().RunAsync(to, number, TaskAction.Do, delivery);
    }

    private static async Task RepeatAsync(Outsider echo, Heard heard)
    {
        var properties = new BasicProperties(heard.Properties) { Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["echo"] = true } };
        await echo.Channel.BasicPublishAsync("shop.events", heard.RoutingKey, mandatory: false, properties, heard.Body, Cancellation);
    }

    private static async Task<long> VersionAsync(TestShop shop, OrderNumber number) => (await shop.FindAsync(number)).Version;

    private static async Task<List<long>> VersionsAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.Orders.OrderBy(o => o.Id).Select(o => o.Version).ToListAsync(Cancellation);
    }
}
