using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>Its message has been lost, which only somebody at the broker or the database can bring about: the sweeper finds it.</summary>
public sealed class An_order_that_has_stopped_moving(SharedBroker broker) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-sweeper-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_it_was_accepted_goes_into_the_back_room_once_more()
    {
        var number = await LoseAsync((_, _) => Task.CompletedTask);
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var events = await outsider.ListenAsync("order.accepted");

        var order = await shop.DoneAsync(number, Cancellation);

        order.Status.ShouldBe(OrderStatus.Shipped);
        order.Tasks.ShouldAllBe(t => t.Attempts == 1);
        order.History.Count(h => h.Kind == HistoryKind.SetGoing).ShouldBe(1);
        (await events.NextAsync()).Properties.CorrelationId.ShouldBe(number.ToString(), "others who listen hear of it too");
        await shop.BalancesAsync([number], Cancellation);
    }

    [Fact]
    public async Task In_the_middle_is_asked_for_where_it_stands()
    {
        var number = await LoseAsync((shop, number) => shop.WorkAsync(number, tell: true, Department.Warehouse, Department.Sales));
        await using var shop = await OpenAsync();

        var order = await shop.DoneAsync(number, Cancellation);

        order.Status.ShouldBe(OrderStatus.Shipped);
        order.Tasks.ShouldAllBe(t => t.Attempts == 1);
    }

    [Fact]
    public async Task At_work_in_a_process_that_is_gone_is_worked_on_again()
    {
        var number = await LoseAsync((shop, number) => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            (await OrderRow.TakeAsync(db, number, ct))!.Claim(Department.Sales, DateTimeOffset.UtcNow, alone: true).ShouldBe(Claim.Granted);
            return await db.SaveChangesAsync(ct);
        }, Cancellation));
        await using var shop = await OpenAsync();

        var order = await shop.DoneAsync(number, Cancellation);

        order.Tasks.Single(t => t.Department == Department.Sales).Attempts.ShouldBe(2);
        await shop.BalancesAsync([number], Cancellation);
    }

    [Fact]
    public async Task While_it_was_being_undone_is_undone()
    {
        var number = await LoseAsync(async (shop, number) =>
        {
            await shop.WorkAsync(number, tell: true, Department.Marketing);
            await shop.Services.GetRequiredService<CancelOrder>().RunAsync(number, HistoryData.Customer, Cancellation);
        });
        await using var shop = await OpenAsync();

        var order = await shop.DoneAsync(number, Cancellation);

        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Tasks.Single(t => t.Action == TaskAction.Undo).State.ShouldBe(TaskState.Done);
    }

    [Fact]
    public async Task Again_and_again_is_flagged_with_a_letter_that_can_be_replayed()
    {
        // Somebody else takes whatever is meant for sales.
        await using var shop = await OpenAsync(("Departments:Sales:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var thief = new AsyncEventingBasicConsumer(outsider.Channel);
        await outsider.Channel.BasicConsumeAsync("shop.sales", autoAck: true, thief, Cancellation);
        var number = await shop.PlaceAsync(Cancellation);

        await Watching.UntilAsync("the order needs attention", async () => (await shop.FindAsync(number)).NeedsAttention, Cancellation);

        (await shop.FindAsync(number)).History.Count(h => h.Kind == HistoryKind.SetGoing).ShouldBe(3);
        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        (letter.Queue, letter.CorrelationId).ShouldBe(("shop.sales", number.ToString()));
        letter.Reason.ShouldContain("asking for it 3 times did not help");
    }

    [Fact]
    public async Task Only_because_the_room_is_busy_is_left_alone()
    {
        await using var shop = await OpenAsync(("Simulation:TimeScale", "1"), ("Departments:Sales:Duration", "3 s"), ("Departments:Sales:Concurrency", "1"),
            ("Departments:Marketing:Duration", "0 s"), ("Departments:Warehouse:Duration", "0 s"), ("Departments:Packing:Duration", "0 s"), ("Departments:Shipping:Duration", "0 s"));
        OrderNumber[] numbers = [await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation)];

        foreach (var number in numbers)
        {
            var order = await shop.DoneAsync(number, Cancellation);
            order.Tasks.ShouldAllBe(t => t.Attempts == 1);
            order.History.ShouldNotContain(h => h.Kind == HistoryKind.SetGoing);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>An order whose messages have all gone, after whatever has been done about it.</summary>
    private async Task<OrderNumber> LoseAsync(Func<TestShop, OrderNumber, Task> before)
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder });
        var number = await shop.PlaceAsync(Cancellation);
        await before(shop, number);
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Outbox.ExecuteDeleteAsync(ct), Cancellation);
        return number;
    }

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await MessagingShop.OpenAsync(
        await broker.NewHostAsync(Cancellation), [("Data:Folder", _folder), ("Messaging:SweepAfter", "1 s"), .. settings]);
}
