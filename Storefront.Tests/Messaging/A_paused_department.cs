using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments.Controls;
using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>The staff pauses a department: it takes nothing, the others go on, and nothing is lost when it goes on.</summary>
public sealed class A_paused_department(SharedBroker broker) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-paused-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_nothing_while_the_others_go_on_and_does_it_all_when_it_is_resumed()
    {
        await using var shop = await OpenAsync(await broker.NewHostAsync(Cancellation));
        await using var outsider = await shop.MeetAsync(Cancellation);
        await ChangeAsync(shop, new() { Paused = true });
        await ConsumersAsync(outsider, 0);
        var first = await shop.PlaceAsync(Cancellation);

        // Whatever would be taken of the first would be taken before the second is shipped.
        var marker = await ShippedAsync(shop);
        OrderNumber[] both = [first, marker];
        foreach (var number in both)
        {
            (await SalesAsync(shop, number)).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TaskState.Waiting), t => t.Attempts.ShouldBe(0));
        }

        (await outsider.CountAsync("shop.sales")).ShouldBe(2u, "they lie there, and with nobody");
        await ChangeAsync(shop, new() { Paused = false });
        await shop.AllDoneAsync(both.Length, Cancellation);
        await shop.BalancesAsync(both, Cancellation);
    }

    [Fact]
    public async Task Ends_what_it_has_in_hand()
    {
        await using var shop = await OpenAsync(await broker.NewHostAsync(Cancellation), ("Simulation:TimeScale", "1"), ("Departments:Sales:Duration", "2 s"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sales is at work", async () => (await SalesAsync(shop, number)).State == TaskState.Working, Cancellation);

        await ChangeAsync(shop, new() { Paused = true });

        await Watching.UntilAsync("it is done", async () => (await SalesAsync(shop, number)).State == TaskState.Done, Cancellation);
        (await SalesAsync(shop, number)).Attempts.ShouldBe(1);
        await ConsumersAsync(outsider, 0);
        (await outsider.CountAsync("shop.sales")).ShouldBe(0u, "its message was acked");
    }

    [Fact]
    public async Task Is_paused_after_a_restart_too()
    {
        var host = await broker.NewHostAsync(Cancellation);
        await using (var before = await OpenAsync(host))
        {
            await before.AtBrokerAsync(Cancellation);
            await ChangeAsync(before, new() { Paused = true, Concurrency = 3 });
        }

        await using var shop = await OpenAsync(host);
        shop.Services.GetRequiredService<CurrentSettings>().Of(Department.Sales).ShouldSatisfyAllConditions(
            s => s.Pause!.By.ShouldBe("Holly"), s => s.Concurrency.ShouldBe(3));
        var marker = await ShippedAsync(shop);
        (await SalesAsync(shop, marker)).State.ShouldBe(TaskState.Waiting);

        await ChangeAsync(shop, new() { Paused = false });
        await shop.DoneAsync(marker, Cancellation);
    }

    [Fact]
    public async Task Is_told_apart_from_one_that_is_broken()
    {
        await using var shop = await OpenAsync(await broker.NewHostAsync(Cancellation));
        await shop.AtBrokerAsync(Cancellation);
        await ChangeAsync(shop, new() { Paused = true });
        var consumers = default(JsonElement);
        await Watching.UntilAsync("the shop is well", async () =>
        {
            using var answer = await shop.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
            var health = await answer.JsonAsync();
            consumers = health.GetProperty("checks").GetProperty("consumers");
            return health.GetProperty("status").GetString() == "Healthy" && consumers.GetProperty("data").TryGetProperty("orders", out _);
        }, Cancellation);

        consumers.GetProperty("description").GetString().ShouldBe("The staff has paused shop.sales; every other queue has its consumer.");
        consumers.GetProperty("data").GetProperty("shop.sales").GetString().ShouldBe("paused");
        consumers.GetProperty("data").GetProperty("shop.packing").GetString().ShouldBe("consuming");
        shop.Log.ShouldNotContain("is away", customMessage: "no session was given up for it");
    }

    [Fact]
    public async Task Works_with_as_many_hands_as_it_is_given_without_a_restart()
    {
        await using var shop = await OpenAsync(await broker.NewHostAsync(Cancellation), ("Departments:Sales:Concurrency", "1"), ("Simulation:TimeScale", "1"), ("Departments:Sales:Duration", "1 h"));
        await shop.AtBrokerAsync(Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));
        await AtWorkAsync(shop, 1);
        (await WaitingBehindAsync(shop)).ShouldBe(4);

        await ChangeAsync(shop, new() { Concurrency = 5 });
        await AtWorkAsync(shop, 5);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    private static async Task ChangeAsync(TestShop shop, DepartmentChange change) =>
        (await shop.Services.GetRequiredService<DepartmentControls>().ChangeAsync(Department.Sales, change, "Holly", Cancellation)).ShouldBeEmpty();

    private static Task ConsumersAsync(Outsider outsider, uint count) => Watching.UntilAsync($"{count} consume the queue of sales",
        async () => (await outsider.Channel.QueueDeclarePassiveAsync("shop.sales", Cancellation)).ConsumerCount == count, Cancellation);

    private static async Task<OrderSnapshot.TaskView> SalesAsync(TestShop shop, OrderNumber number) => (await shop.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales);

    /// <summary>An order that has come as far as it can without sales.</summary>
    private static async Task<OrderNumber> ShippedAsync(TestShop shop)
    {
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("all but sales are done", async () => (await shop.FindAsync(number)).Tasks.All(t => t.Department == Department.Sales || t.State == TaskState.Done), Cancellation);
        return number;
    }

    private static Task AtWorkAsync(TestShop shop, int count) => Watching.UntilAsync($"sales works on {count}", async () => await CountAsync(shop, TaskState.Working) == count, Cancellation);

    /// <summary>Tasks that wait though every other department has done what it could.</summary>
    private static async Task<int> WaitingBehindAsync(TestShop shop)
    {
        await ShippedAsync(shop);
        return await CountAsync(shop, TaskState.Waiting) - 1;
    }

    private static async Task<int> CountAsync(TestShop shop, TaskState state)
    {
        await using var db = shop.OpenDatabase();
        return db.OrderTasks.Count(t => t.Department == Department.Sales && t.State == state);
    }

    private Task<TestShop> OpenAsync(Uri host, params (string Key, string Value)[] settings) => MessagingShop.OpenAsync(host,
        [("Data:Folder", _folder), ("Departments:Marketing:Duration", "0 s"), ("Departments:Warehouse:Duration", "0 s"), ("Departments:Packing:Duration", "0 s"), ("Departments:Shipping:Duration", "0 s"), .. settings]);
}
