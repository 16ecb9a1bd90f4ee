using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments.Sales;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>What had been begun is taken back, each effect once, whatever moment the cancel comes at.</summary>
public sealed class A_cancelled_order_on_RabbitMQ(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_undone_at_sales_marketing_and_warehouse_and_announced()
    {
        // Packing does not come to it.
        await using var shop = await OpenAsync(("Departments:Packing:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var events = await outsider.ListenAsync("order.cancelled");
        var stock = await shop.StockAsync(42, Cancellation);
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("three rooms have done their work", async () => (await shop.FindAsync(number)).Tasks.Count(t => t.State == TaskState.Done) == 3, Cancellation);

        (await CancelAsync(shop, number)).ShouldBe(Cancelling.Cancelled);

        var order = await shop.DoneAsync(number, Cancellation);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Tasks.Where(t => t.Action == TaskAction.Undo).Select(t => (t.Department, t.State, t.Attempts)).ShouldBe(
            [(Department.Sales, TaskState.Done, 1), (Department.Marketing, TaskState.Done, 1), (Department.Warehouse, TaskState.Done, 1)]);
        (await events.NextAsync()).Properties.MessageId.ShouldBe($"{number}:cancelled");
        (await shop.StockAsync(42, Cancellation)).ShouldBe(stock);
        await IsTakenBackAsync(shop, number);
        Directory.EnumerateFiles(Path.Combine(shop.DataFolder, "spool")).ShouldBeEmpty("the print job is withdrawn");
    }

    [Fact]
    public async Task While_sales_is_at_work_is_undone_there_when_that_work_ends()
    {
        await using var shop = await TestShop.OpenAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString(), ["Departments:Packing:Enabled"] = "false" },
            services => services.AddSingleton<ISalesSystem, PatientSales>());
        var system = (PatientSales)shop.Services.GetRequiredService<ISalesSystem>();
        system.IsBusy();
        var number = await shop.PlaceAsync(Cancellation);
        await system.BeginsAsync(Cancellation);

        (await CancelAsync(shop, number)).ShouldBe(Cancelling.Cancelled);
        (await shop.FindAsync(number)).Tasks.Single(t => t is { Department: Department.Sales, Action: TaskAction.Do }).State.ShouldBe(TaskState.Working);
        system.Finishes();

        var sales = (await shop.DoneAsync(number, Cancellation)).Tasks.Where(t => t.Department == Department.Sales).ToList();
        sales.ShouldAllBe(t => t.State == TaskState.Done && t.Attempts == 1);
        sales[1].StartedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(sales[0].FinishedAt!.Value);
        await IsTakenBackAsync(shop, number);
    }

    [Fact]
    public async Task Racing_with_packing_has_one_winner_each_time_and_a_consistent_end()
    {
        await using var shop = await OpenAsync();
        var stock = await shop.StockAsync(42, Cancellation);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var number = await shop.PlaceAsync(Cancellation);
            var stage = i % 4;
            await Watching.UntilAsync($"the order is {(OrderStatus)Math.Min(stage, 1)}", async () => (await shop.FindAsync(number)).Version >= 1 + (2 * stage), Cancellation);
            return (Number: number, Outcome: await CancelAsync(shop, number));
        }));

        foreach (var (number, outcome) in outcomes)
        {
            var order = await shop.DoneAsync(number, Cancellation);
            order.Status.ShouldBe(outcome == Cancelling.Cancelled ? OrderStatus.Cancelled : OrderStatus.Shipped);
            if (outcome == Cancelling.Cancelled)
            {
                await IsTakenBackAsync(shop, number);
            }
        }

        var cancelled = outcomes.Count(o => o.Outcome == Cancelling.Cancelled);
        cancelled.ShouldBeGreaterThan(0);
        (await shop.StockAsync(42, Cancellation)).ShouldBe(stock - (outcomes.Length - cancelled));
        await using var db = shop.OpenDatabase();
        (await db.DeadLetters.CountAsync(Cancellation)).ShouldBe(0);
        (await db.CountedOrders.CountAsync(Cancellation)).ShouldBe(outcomes.Length - cancelled);
    }

    [Fact]
    public async Task Whose_undoing_fails_is_tried_again_and_takes_effect_once()
    {
        await using var shop = await OpenAsync(("Departments:Packing:Enabled", "false"), ("Departments:Sales:FailureRate", "0.5"), ("Departments:Warehouse:FailureRate", "0.5"),
            ("Messaging:RetryDelays", "1 ms, 1 ms, 1 ms, 1 ms"));
        var numbers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.PlaceAsync(Cancellation)));
        await Watching.UntilAsync("sales and warehouse have come to an end everywhere", async () =>
        {
            await using var db = shop.OpenDatabase();
            return await db.OrderTasks.CountAsync(t => (t.Department == Department.Sales || t.Department == Department.Warehouse) && t.State != TaskState.Done && t.State != TaskState.Failed, Cancellation) == 0;
        }, Cancellation);

        foreach (var number in numbers)
        {
            (await CancelAsync(shop, number)).ShouldBe(Cancelling.Cancelled);
        }

        foreach (var number in numbers)
        {
            await Watching.UntilAsync($"{number} undone, or somebody has to look", async () => (await shop.FindAsync(number)) is { } order && (order.IsComplete || order.NeedsAttention), Cancellation);
        }

        shop.Books().ShouldAllBe(e => e.Effects <= 1);
        foreach (var number in numbers)
        {
            if ((await shop.FindAsync(number)).IsComplete)
            {
                await IsTakenBackAsync(shop, number);
            }
        }
    }

    private static Task<Cancelling> CancelAsync(TestShop shop, OrderNumber number) =>
        shop.Services.GetRequiredService<CancelOrder>().RunAsync(number, HistoryData.Customer, Cancellation);

    /// <summary>Nobody outside holds anything of the order any more.</summary>
    private static async Task IsTakenBackAsync(TestShop shop, OrderNumber number)
    {
        shop.Books().Where(e => e.Key.StartsWith(number.ToString(), StringComparison.Ordinal)).ShouldAllBe(e => e.Withdrawn && e.Effects <= 1);
        await using var db = shop.OpenDatabase();
        (await db.CountedOrders.CountAsync(c => db.Orders.Any(o => o.Id == c.OrderId && o.Number == number), Cancellation)).ShouldBe(0);
    }

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), settings);
}
