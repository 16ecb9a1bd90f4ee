using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Departments;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Tests.Departments;

/// <summary>Claim, work, closing commit, on the real database; the broker is played by the test.</summary>
public sealed class Running_a_task
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twice_at_the_same_time_is_one_run_that_both_wait_for()
    {
        await using var shop = await TestShop.OpenAsync();
        var (number, bench) = (await shop.PlaceAsync(Cancellation), new Bench());
        var first = RunAsync(shop, bench, number);
        await bench.BeginsAsync(number);
        var second = RunAsync(shop, bench, number);
        second.IsCompleted.ShouldBeFalse();

        bench.Finish(number);
        await Task.WhenAll(first, second);

        bench.Begun.ShouldBe([number]);
        (await TaskAsync(shop, number)).ShouldBe((TaskState.Done, 1));
    }

    [Fact]
    public async Task That_has_killed_its_process_twice_waits_until_nothing_else_runs_and_lets_nothing_begin_beside_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var (deadly, before, after, bench) = (await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation), new Bench());
        await DieAtWorkAsync(shop, deadly, times: 2);
        var company = RunAsync(shop, bench, before);
        await bench.BeginsAsync(before);

        var alone = RunAsync(shop, bench, deadly);
        bench.Begun.ShouldBe([before]);
        bench.Finish(before);
        await bench.BeginsAsync(deadly);
        var late = RunAsync(shop, bench, after);
        bench.Begun.ShouldBe([before, deadly], "the other one waits");
        bench.Finish(deadly);
        await bench.BeginsAsync(after);
        bench.Finish(after);
        await Task.WhenAll(company, alone, late);

        (await TaskAsync(shop, deadly)).ShouldBe((TaskState.Done, 3));
        (await TaskAsync(shop, after)).ShouldBe((TaskState.Done, 1));
    }

    [Fact]
    public async Task That_has_killed_its_process_five_times_is_given_up_and_its_neighbours_are_not()
    {
        await using var shop = await TestShop.OpenAsync();
        var (deadly, neighbour, bench) = (await shop.PlaceAsync(Cancellation), await shop.PlaceAsync(Cancellation), new Bench());
        await DieAtWorkAsync(shop, deadly, times: Order.MaxAttempts);
        bench.Finish(neighbour);

        await Task.WhenAll(RunAsync(shop, bench, deadly), RunAsync(shop, bench, neighbour));

        bench.Begun.ShouldBe([neighbour]);
        (await TaskAsync(shop, deadly)).ShouldBe((TaskState.Failed, Order.MaxAttempts));
        (await TaskAsync(shop, neighbour)).ShouldBe((TaskState.Done, 1));
        await using var db = shop.OpenDatabase();
        var letter = await db.DeadLetters.SingleAsync(Cancellation);
        (letter.Queue, letter.Attempts, letter.CorrelationId).ShouldBe(("shop.sales", Order.MaxAttempts, deadly.ToString()));
    }

    [Fact]
    public async Task That_fails_leaves_its_next_attempt_in_the_outbox_for_this_department_only()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Messaging:RetryDelays"] = "1 h, 1 h, 1 h, 1 h" });
        var (number, bench) = (await shop.PlaceAsync(Cancellation), new Bench());
        bench.Fail(number, "no answer");

        await RunAsync(shop, bench, number);

        (await TaskAsync(shop, number)).ShouldBe((TaskState.Retrying, 1));
        await using var db = shop.OpenDatabase();
        var retry = await db.Outbox.SingleAsync(r => r.MessageId == $"{number}:sales:retry:1", Cancellation);
        (retry.Exchange, retry.RoutingKey, retry.Mandatory).ShouldBe(("", "shop.sales", true));
        (retry.NotBefore - retry.CreatedAt).ShouldBeInRange(TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(66));
    }

    [Fact]
    public async Task That_has_not_ended_when_the_shop_closes_is_given_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var (number, bench) = (await shop.PlaceAsync(Cancellation), new Bench());
        var running = RunAsync(shop, bench, number);
        await bench.BeginsAsync(number);

        await shop.Services.GetRequiredService<TaskRuns>().StopAsync(Cancellation);

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await TaskAsync(shop, number)).ShouldBe((TaskState.Waiting, 0));
    }

    /// <summary>What a kill at work leaves behind: a claim that never ends.</summary>
    private static async Task DieAtWorkAsync(TestShop shop, OrderNumber number, int times)
    {
        var commits = shop.Services.GetRequiredService<TaskCommits>();
        for (var life = 1; life <= times; life++)
        {
            var (claim, _) = await commits.ClaimAsync(Department.Sales, number, DeliveryOf(number), alone: life > 2, Cancellation);
            claim.ShouldBe(Claim.Granted);
        }
    }

    private static Task RunAsync(TestShop shop, Bench bench, OrderNumber number) => shop.Services.GetRequiredService<TaskRuns>().RunAsync(bench, number, TaskAction.Do, DeliveryOf(number));

    private static Delivery DeliveryOf(OrderNumber number) =>
        new("shop.sales", $"{number}:accepted", "order.accepted.v1", number.ToString(), "storefront", null, null, Encoding.UTF8.GetBytes($$"""{"order_num": "{{number}}"}"""));

    private static async Task<(TaskState State, int Attempts)> TaskAsync(TestShop shop, OrderNumber number)
    {
        var task = (await shop.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales);
        return (task.State, task.Attempts);
    }
}
