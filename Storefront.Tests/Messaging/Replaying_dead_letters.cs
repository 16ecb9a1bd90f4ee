using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Storefront.Data;
using Storefront.Departments.Sales;
using Storefront.Messaging.DeadLetters;
using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.DeadLetters;

namespace Storefront.Tests.Messaging;

/// <summary>From the dead letter back to work, on a real broker.</summary>
public sealed class Replaying_dead_letters(SharedBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_the_department_that_failed_work_again_and_no_other()
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var events = await outsider.ListenAsync("order.*");
        var number = await FailedAsync(shop);

        shop.Recovers();
        (await shop.ReplayAsync()).ShouldBe(1);
        var order = await shop.DoneAsync(number, Cancellation);

        order.Tasks.Single(t => t.Department == Department.Sales).Attempts.ShouldBe(1, "it has all its attempts again");
        order.History.Select(h => h.Kind).ShouldContain(HistoryKind.Replayed);
        shop.Books().ShouldAllBe(e => e.Calls == 1 && e.Effects == 1, "the others were not asked a second time");
        await shop.BalancesAsync([number], Cancellation);
        await outsider.Channel.BasicPublishAsync("shop.events", "order.marker", "marker"u8.ToArray(), Cancellation);
        foreach (var expected in new[] { "order.accepted", "order.picked", "order.packed", "order.shipped", "order.marker" })
        {
            (await events.NextAsync()).RoutingKey.ShouldBe(expected, "a replay is nobody else's business");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Takes_effect_once_however_often_the_replay_is_delivered(int sideBySide)
    {
        await using var shop = await OpenAsync(sideBySide);
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await FailedAsync(shop);
        var letter = (await shop.DeadLettersAsync(1, Cancellation)).Single();

        shop.Recovers();
        await shop.ReplayAsync();
        for (var i = 0; i < 5; i++)
        {
            await outsider.SendAgainAsync(letter);
        }

        await shop.DoneAsync(number, Cancellation);

        await shop.SalesAreThroughAsync(outsider);
        shop.Books().ShouldAllBe(e => e.Calls == 1 && e.Effects == 1);
        await shop.BalancesAsync([number], Cancellation);
        (await shop.FindAsync(number)).History.Count(h => h.Kind == HistoryKind.Replayed).ShouldBe(1);
    }

    [Fact]
    public async Task That_fail_again_makes_new_letters_which_know_where_they_come_from()
    {
        await using var shop = await OpenAsync();
        await FailedAsync(shop);
        await shop.ReplayAsync();

        var letters = await shop.DeadLettersAsync(2, Cancellation);

        letters.Select(l => (l.State, l.ReplayOf, l.Queue, l.Attempts)).ShouldBe(
            [(DeadLetterState.Replayed, null, "shop.sales", Order.MaxAttempts), (DeadLetterState.Waiting, letters[0].Id, "shop.sales", Order.MaxAttempts)]);
        (letters[1].MessageId, letters[1].Type, letters[1].CorrelationId).ShouldNotBe((null, null, null));
    }

    [Fact]
    public async Task That_fail_again_is_not_opened_again_by_a_late_repeat_of_the_replay()
    {
        await using var shop = await OpenAsync();
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await FailedAsync(shop);
        await shop.ReplayAsync();
        var first = (await shop.DeadLettersAsync(2, Cancellation))[0];

        await outsider.SendAgainAsync(first);
        await shop.SalesAreThroughAsync(outsider);

        (await shop.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales).State.ShouldBe(TaskState.Failed);
        (await shop.DeadLettersAsync(3, Cancellation)).Count.ShouldBe(3, "two deaths and the marker");
    }

    [Fact]
    public async Task Of_an_order_that_was_cancelled_meanwhile_does_nothing_and_says_so()
    {
        await using var shop = await OpenAsync(settings: ("Departments:Packing:Enabled", "false"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sales gave up", async () => (await shop.FindAsync(number)).Tasks.Single(t => t.Department == Department.Sales).State == TaskState.Failed, Cancellation);
        var letter = (await shop.DeadLettersAsync(1, Cancellation)).Single();
        await shop.Services.GetRequiredService<CancelOrder>().RunAsync(number, "bob", Cancellation);
        (await OutcomeAsync(shop, letter.Id)).Text.ShouldBe("The order was cancelled: nothing is left to do. A replay changes nothing; put the letter away.");

        shop.Recovers();
        (await shop.ReplayAsync()).ShouldBe(1);
        await using (var db = shop.OpenDatabase())
        {
            await Watching.UntilAsync("it is on its way", async () => !await db.Outbox.AnyAsync(Cancellation), Cancellation);
        }

        await shop.SalesAreThroughAsync(outsider);

        shop.Books().ShouldNotContain(e => e.Key == $"{number}:sales", "nothing is booked for an order that is no more");
        (await shop.FindAsync(number)).Tasks.Single(t => t is { Department: Department.Sales, Action: TaskAction.Do }).State.ShouldBe(TaskState.Cancelled);
        (await shop.DeadLettersAsync(2, Cancellation)).Count.ShouldBe(2, "the first death and the marker");
        (await OutcomeAsync(shop, letter.Id)).Text.ShouldBe("The order was cancelled: there was nothing left to do.");
    }

    [Theory]
    [InlineData("bob-1")]
    [InlineData(null)]
    public async Task Of_another_systems_order_adopts_it_once_when_there_is_stock_again(string? messageId)
    {
        await using var shop = await MessagingShop.OpenAsync(await broker.NewHostAsync(Cancellation), ("Catalog:OpeningStock", "1"));
        await using var outsider = await shop.MeetAsync(Cancellation);
        await outsider.SendAsync("orders", """{"customer": "bob", "products_ids": [42, 42]}""", messageId);
        var letter = (await shop.DeadLettersAsync(1, Cancellation)).Single();
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync(
            (db, ct) => db.Products.Where(p => p.Id == 42).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, 10), ct), Cancellation);

        await shop.ReplayAsync();
        await shop.AllDoneAsync(1, Cancellation);
        await outsider.SendAgainAsync(letter);
        await outsider.SendAsync("orders", """{"customer": "marker", "price": 1}""");
        await shop.AllDoneAsync(2, Cancellation);

        (await shop.AdoptedAsync(Cancellation)).Select(o => o.Customer.Name).ShouldBe(["bob", "marker"]);
        (await shop.StockAsync(42, Cancellation)).ShouldBe(8);
    }

    /// <summary>An order whose sales task has been given up while all else is done.</summary>
    private static async Task<OrderNumber> FailedAsync(TestShop shop)
    {
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("sales gave up, all else is done", async () =>
            (await shop.FindAsync(number)).Tasks.All(t => t.State == (t.Department == Department.Sales ? TaskState.Failed : TaskState.Done)), Cancellation);
        await shop.DeadLettersAsync(1, Cancellation);
        return number;
    }

    private static async Task<LetterOutcome> OutcomeAsync(TestShop shop, long letter) => (await shop.Services.GetRequiredService<LetterOutcomes>()
        .FindAsync((await shop.Services.GetRequiredService<DeadLetterReader>().FindAsync(letter, 0, Cancellation)).ShouldNotBeNull(), Cancellation)).ShouldNotBeNull();

    private async Task<TestShop> OpenAsync(int sideBySide = 1, params (string Key, string Value)[] settings) => await TestShop.OpenAsync(
        new Dictionary<string, string>(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)), StringComparer.Ordinal)
        {
            ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString(), ["Messaging:RetryDelays"] = "1ms,1ms,1ms,1ms", ["Departments:Sales:Concurrency"] = $"{sideBySide}",
        },
        services => services.AddSingleton<ISalesSystem, MoodySales>());
}
