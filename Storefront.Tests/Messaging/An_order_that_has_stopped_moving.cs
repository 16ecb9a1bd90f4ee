using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Data;
using Storefront.Departments.Sales;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>Its message has been lost, which only somebody at the broker or the database can bring about: the sweeper finds it. It sweeps when the tests let time go by, and then only.</summary>
public sealed class An_order_that_has_stopped_moving(SharedBroker broker) : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-sweeper-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_it_was_accepted_goes_into_the_back_room_once_more()
    {
        var number = await LoseAsync((_, _) => Task.CompletedTask);
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var events = await outsider.ListenAsync("order.accepted");

        await IsFoundAsync(shop, number);

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

        await IsFoundAsync(shop, number);

        var order = await shop.DoneAsync(number, Cancellation);
        order.Status.ShouldBe(OrderStatus.Shipped);
        order.Tasks.ShouldAllBe(t => t.Attempts == 1);
    }

    [Fact]
    public async Task At_work_in_a_process_that_is_gone_is_worked_on_again()
    {
        var number = await LoseAsync((shop, number) => shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
        {
            (await OrderRow.TakeAsync(db, number, ct))!.Claim(Department.Sales, _clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
            return await db.SaveChangesAsync(ct);
        }, Cancellation));
        await using var shop = await OpenAsync();

        await IsFoundAsync(shop, number);

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

        await IsFoundAsync(shop, number);

        var order = await shop.DoneAsync(number, Cancellation);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Tasks.Single(t => t.Action == TaskAction.Undo).State.ShouldBe(TaskState.Done);
    }

    [Fact]
    public async Task Is_found_though_a_mail_about_it_is_to_be_tried_again()
    {
        var number = await LoseAsync((_, _) => Task.CompletedTask);
        await using var shop = await OpenAsync();
        await shop.AtBrokerAsync(Cancellation);
        await shop.WriteAsync(TimeSpan.FromHours(20), Writing.Letter("a mail") with { RoutingKey = "shop.mail", CorrelationId = number.ToString() });

        await IsFoundAsync(shop, number);

        (await shop.DoneAsync(number, Cancellation)).Status.ShouldBe(OrderStatus.Shipped);
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
        await AllButSalesAreDoneAsync(shop, number);

        await TimeGoesByUntilAsync("the order needs attention", async () => (await shop.FindAsync(number)).NeedsAttention);

        (await shop.FindAsync(number)).History.Count(h => h.Kind == HistoryKind.SetGoing).ShouldBe(3);
        var letter = (await shop.DeadLettersAsync(1, Cancellation)).ShouldHaveSingleItem();
        (letter.Queue, letter.CorrelationId).ShouldBe(("shop.sales", number.ToString()));
        letter.Reason.ShouldContain("asking for it 3 times did not help");
    }

    [Fact]
    public async Task Only_because_the_room_is_busy_is_left_alone()
    {
        var lost = await LoseAsync((_, _) => Task.CompletedTask);
        await using var shop = await OpenAsync(("Departments:Sales:Concurrency", "1"));
        var sales = (PatientSales)shop.Services.GetRequiredService<ISalesSystem>();
        sales.IsBusy();
        OrderNumber[] numbers = [await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation)];
        await sales.BeginsAsync(Cancellation);
        foreach (var number in numbers)
        {
            await AllButSalesAreDoneAsync(shop, number);
        }

        // The sweep that finds the lost one has looked at the others too.
        await IsFoundAsync(shop, lost);
        sales.Finishes();

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
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = _folder }, services => services.AddSingleton<TimeProvider>(_clock));
        var number = await shop.PlaceAsync(Cancellation);
        await before(shop, number);
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Outbox.ExecuteDeleteAsync(ct), Cancellation);
        return number;
    }

    /// <summary>Time goes by until the sweeper has set the order going again.</summary>
    private Task IsFoundAsync(TestShop shop, OrderNumber number) =>
        TimeGoesByUntilAsync($"{number} is found", async () => (await shop.FindAsync(number)).History.Any(h => h.Kind == HistoryKind.SetGoing));

    private Task TimeGoesByUntilAsync(string what, Func<Task<bool>> fact) => Watching.UntilAsync(what, () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        return fact();
    }, Cancellation);

    /// <summary>Before time goes by: a room that is merely slow would be taken for one that has lost a message.</summary>
    private static Task AllButSalesAreDoneAsync(TestShop shop, OrderNumber number) => Watching.UntilAsync($"all but sales are done with {number}", async () =>
        (await shop.FindAsync(number)).Tasks.All(t => t.State == TaskState.Done || t.Department == Department.Sales), Cancellation);

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await TestShop.OpenAsync(
        settings.Concat([("Data:Folder", _folder), ("Broker:Uri", (await broker.NewHostAsync(Cancellation)).ToString()), ("Messaging:SweepAfter", "1 min")])
            .ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal),
        services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ISalesSystem, PatientSales>());
}
