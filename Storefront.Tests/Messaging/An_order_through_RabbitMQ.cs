using Storefront.Orders;

namespace Storefront.Tests.Messaging;

/// <summary>The shop's main job on a real broker: placed here, shipped at the end.</summary>
public sealed class An_order_through_RabbitMQ(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_shipped_and_complete_with_every_effect_once()
    {
        await using var shop = await OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);

        var order = await shop.DoneAsync(number, Cancellation);

        order.Status.ShouldBe(OrderStatus.Shipped);
        order.Tasks.ShouldAllBe(t => t.State == TaskState.Done && t.Attempts == 1);
        order.History.Select(h => h.Kind).ShouldBe(
            [HistoryKind.Placed, HistoryKind.Picked, HistoryKind.Packed, HistoryKind.Shipped, HistoryKind.Completed, .. Enumerable.Repeat(HistoryKind.Done, 5)], ignoreOrder: true);
        await shop.BalancesAsync([number], Cancellation);
    }

    [Fact]
    public async Task Leaves_a_pick_list_and_a_print_job_in_the_spool()
    {
        await using var shop = await OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        await shop.DoneAsync(number, Cancellation);

        var spool = new DirectoryInfo(Path.Combine(shop.DataFolder, "spool"));
        spool.GetFiles().Select(f => f.Name).ShouldBe([$"{number}.warehouse.job", $"{number}.warehouse.pdf"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_hundred_at_once_each_exist_once()
    {
        await using var shop = await OpenAsync();
        var accepted = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.PlaceAsync(Cancellation)));

        await shop.AllDoneAsync(accepted.Length, Cancellation);

        await shop.BalancesAsync(accepted, Cancellation);
    }

    [Fact]
    public async Task Whose_neighbours_fail_half_the_time_is_tried_again_and_takes_effect_once()
    {
        await using var shop = await OpenAsync(
            ("Departments:Sales:FailureRate", "0.4"), ("Departments:Packing:FailureRate", "0.4"), ("Departments:Shipping:FailureRate", "0.4"),
            ("Messaging:RetryDelays", "1 ms, 1 ms, 1 ms, 1 ms"));
        var accepted = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => shop.PlaceAsync(Cancellation)));

        await Watching.UntilAsync("every task done or failed", () => Settled(shop, accepted), Cancellation);

        shop.Books().ShouldAllBe(e => e.Effects == 1);
    }

    [Fact]
    public async Task Whose_neighbour_never_answers_needs_attention_after_five_attempts()
    {
        await using var shop = await OpenAsync(("Departments:Sales:FailureRate", "1"), ("Messaging:RetryDelays", "1ms,1ms,1ms,1ms"));
        var number = await shop.PlaceAsync(Cancellation);

        await Watching.UntilAsync("the order needs attention", async () => (await shop.FindAsync(number)).NeedsAttention, Cancellation);

        var sales = (await shop.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales);
        (sales.State, sales.Attempts).ShouldBe((TaskState.Failed, Order.MaxAttempts));
        await using var db = shop.OpenDatabase();
        db.DeadLetters.Select(l => new { l.Queue, l.Attempts, l.CorrelationId }).ToList()
            .ShouldBe([new { Queue = "shop.sales", Attempts = 5, CorrelationId = (string?)number.ToString() }]);
    }

    private static async Task<bool> Settled(TestShop shop, OrderNumber[] numbers)
    {
        foreach (var number in numbers)
        {
            var order = await shop.FindAsync(number);
            var blocked = order.Tasks.Any(t => t.State == TaskState.Failed);
            if (order.Tasks.Any(t => t.State is not (TaskState.Done or TaskState.Failed) && !(blocked && t.QueuedAt is null)))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) => await TestShop.OpenAsync(
        settings.Append(("Broker:Uri", (await broker.NewHostAsync(Cancellation)).ToString())).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));
}
