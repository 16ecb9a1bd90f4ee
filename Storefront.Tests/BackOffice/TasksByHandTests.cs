using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Orders.ByHand;

namespace Storefront.Tests.BackOffice;

/// <summary>What the staff does about an order's tasks, in the database.</summary>
public sealed class Tasks_by_hand : IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_failed_task_is_retried_by_its_letter_which_is_nobody_elses_from_then_on()
    {
        var number = await FailedAsync(Department.Sales);

        (await RetryAsync(number, Department.Sales, "Holly")).ShouldBe(Handling.Done);

        var order = await OrderAsync(number);
        order.Tasks.Single(t => t.Department == Department.Sales).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TaskState.Waiting), t => t.Attempts.ShouldBe(0));
        order.History.OrderBy(h => h.Seq).Last().ShouldSatisfyAllConditions(h => h.Kind.ShouldBe(HistoryKind.Replayed), h => h.Data.By.ShouldBe("Holly"));
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        var letter = await db.DeadLetters.SingleAsync(Cancellation);
        letter.State.ShouldBe(DeadLetterState.Replayed);
        (await db.DeadLetterActions.SingleAsync(Cancellation)).By.ShouldBe("Holly");
        (await OutboxAsync("shop.sales")).ShouldHaveSingleItem().ReplayOf.ShouldBe(letter.Id);
        await AuditedAsync("order.retry", number, "sales");

        (await RetryAsync(number, Department.Sales, "Clover")).ShouldBe(Handling.Settled);
        (await _desk.Get<DeadLetterDesk>().ReplayAsync(LetterSelection.All, "Clover", Cancellation)).ShouldBe(0);
        (await OutboxAsync("shop.sales")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_several_people_who_retry_a_task_at_once_one_does()
    {
        var number = await FailedAsync(Department.Warehouse);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => RetryAsync(number, Department.Warehouse, $"Rabbit {i}")));
        outcomes.Order().ShouldBe([Handling.Done, Handling.Settled, Handling.Settled, Handling.Settled]);
        (await OutboxAsync("shop.warehouse")).Count.ShouldBe(1);
        (await OrderAsync(number)).History.Count(h => h.Kind == HistoryKind.Replayed).ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_task_whose_letter_is_gone_is_asked_for_by_a_message_of_its_own()
    {
        var number = await FailedAsync(Department.Sales);
        await _desk.Get<DeadLetterDesk>().DiscardAsync(LetterSelection.All, "Clover", "mistaken", Cancellation);

        (await RetryAsync(number, Department.Sales, "Holly")).ShouldBe(Handling.Done);

        (await OutboxAsync("shop.sales")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.ReplayOf.ShouldBeNull(), r => r.CorrelationId.ShouldBe(number.ToString()));
    }

    [Fact]
    public async Task All_that_failed_of_an_order_is_retried_together_and_nothing_else()
    {
        var number = await FailedAsync(Department.Sales, Department.Marketing);
        (await _desk.Get<RetryTask>().RunFailedAsync(number, "Holly", Cancellation)).ShouldBe(Handling.Done);
        (await OutboxAsync("shop.sales", "shop.marketing")).Count.ShouldBe(2);
        await AuditedAsync("order.retry", number, "sales, marketing");
        (await _desk.Get<RetryTask>().RunFailedAsync(number, "Holly", Cancellation)).ShouldBe(Handling.Settled);
        (await _desk.Get<RetryTask>().RunFailedAsync(OrderNumber.New(), "Holly", Cancellation)).ShouldBe(Handling.Unknown);
    }

    [Fact]
    public async Task A_task_that_waits_for_its_next_attempt_gets_it_at_once()
    {
        var number = await _desk.PlaceAsync();
        await _desk.FailAsync(number, Department.Sales, "no answer", forGood: false);
        await _desk.WriteAsync(db =>
        {
            _desk.Get<OutboxWriter>().Add(db, OrderMessages.Accepted(number, 1, "EUR", hasEmail: false, _desk.Clock.GetUtcNow()) with
            {
                Exchange = "", RoutingKey = "shop.sales", MessageId = OrderMessages.RetryId(number, Department.Sales, 1),
            }, TimeSpan.FromMinutes(10));
            return Task.CompletedTask;
        });

        (await RetryAsync(number, Department.Sales, "Holly")).ShouldBe(Handling.Done);

        (await OutboxAsync("shop.sales")).ShouldHaveSingleItem("the same message, only sooner").NotBefore.ShouldBe(_desk.Clock.GetUtcNow());
        (await RetryAsync(number, Department.Sales, "Clover")).ShouldBe(Handling.OnItsWay);
        (await OrderAsync(number)).Tasks.Single(t => t.Department == Department.Sales).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TaskState.Retrying), t => t.Attempts.ShouldBe(1));
    }

    [Fact]
    public async Task A_failed_task_that_somebody_saw_to_lets_the_order_move_on_and_keeps_who_and_why_from_customers()
    {
        var number = await FailedAsync(Department.Warehouse);

        (await ResolveAsync(number, Department.Warehouse, " Wrote the list by hand. ")).ShouldBe(Handling.Done);

        var order = await OrderAsync(number);
        (order.Status, order.Tasks.Single(t => t.Department == Department.Packing).QueuedAt).ShouldBe((OrderStatus.Picked, _desk.Clock.GetUtcNow()));
        order.History.Single(h => h.Kind == HistoryKind.Resolved).Data.ShouldBe(new(Department.Warehouse, null, "Holly", "Wrote the list by hand."));
        (await OutboxAsync("order.picked")).Count.ShouldBe(1);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.DeadLetters.SingleAsync(Cancellation)).State.ShouldBe(DeadLetterState.Discarded);
        (await db.DeadLetterActions.SingleAsync(Cancellation)).Reason.ShouldBe("Resolved by hand: Wrote the list by hand.");
        await AuditedAsync("order.resolve", number, "warehouse: Wrote the list by hand.");

        var told = JsonSerializer.Serialize(await _desk.Get<OrderReader>().FindAsync(number, Cancellation), OrderJson.Options);
        told.ShouldContain("Warehouse: the staff saw to it by hand");
        told.ShouldNotContain("Holly");
        told.ShouldNotContain("Wrote the list");
        (await ResolveAsync(number, Department.Warehouse, "again")).ShouldBe(Handling.Settled);
        (await ResolveAsync(number, Department.Sales, "it is not failed")).ShouldBe(Handling.Settled);
    }

    [Fact]
    public async Task The_undoing_of_a_cancelled_order_can_be_seen_to_as_well()
    {
        var number = await _desk.PlaceAsync();
        await _desk.FinishAsync(number, Department.Sales);
        await _desk.Get<CancelOrder>().RunAsync(number, "Holly", Cancellation);
        var undo = new TaskName(Department.Sales, TaskAction.Undo);
        await _desk.ChangeAsync(number, order =>
        {
            order.Claim(undo, _desk.Clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
            order.GiveUp(undo, 1, "SAP answered 503", _desk.Clock.GetUtcNow()).ShouldBeTrue();
        });

        (await _desk.Get<ResolveTask>().RunAsync(number, undo, "Struck out in SAP.", "Holly", Cancellation)).ShouldBe(Handling.Done);

        (await OrderAsync(number)).CompletedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void A_reason_has_to_be_one(string? reason) => ResolveTask.FaultOfReason(reason).ShouldStartWith("Say what was done instead");

    [Fact]
    public async Task A_waiting_task_is_asked_for_again_and_an_order_nobody_has_accepted_from_the_beginning()
    {
        var number = await _desk.PlaceAsync();
        (await _desk.Get<RemindTask>().RunAsync(number, Department.Sales, "Holly", Cancellation)).ShouldBe(Handling.Done);
        (await OutboxAsync("orders")).Count.ShouldBe(2, "from placing it, and now");

        await _desk.FinishAsync(number, Department.Warehouse);
        (await _desk.Get<RemindTask>().RunAsync(number, Department.Sales, "Holly", Cancellation)).ShouldBe(Handling.Done);
        (await OutboxAsync("shop.sales")).Count.ShouldBe(1);
        await AuditedAsync("order.resend", number, "sales");

        (await _desk.Get<RemindTask>().RunAsync(number, Department.Shipping, "Holly", Cancellation)).ShouldBe(Handling.Settled, "its turn has not come");
        (await _desk.Get<RemindTask>().RunAsync(number, Department.Warehouse, "Holly", Cancellation)).ShouldBe(Handling.Settled, "it is done");
    }

    [Fact]
    public async Task A_note_is_for_the_staff_and_stays()
    {
        var number = await _desk.PlaceAsync();
        (await _desk.Get<NoteOnOrder>().RunAsync(number, "Rang: comes on Friday.\nAsks for string.", "Holly", Cancellation)).ShouldBe(Handling.Done);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        var note = await db.OrderNotes.SingleAsync(Cancellation);
        (note.Who, note.Text, note.At).ShouldBe(("Holly", "Rang: comes on Friday.\nAsks for string.", _desk.Clock.GetUtcNow()));
        (await db.AuditLog.SingleAsync(Cancellation)).Detail.ShouldBeNull("what stands there stays for ever");
        JsonSerializer.Serialize(await _desk.Get<OrderReader>().FindAsync(number, Cancellation), OrderJson.Options).ShouldNotContain("Friday");

        NoteOnOrder.FaultOfText(new string('x', NoteOnOrder.MaxText)).ShouldBeNull();
        NoteOnOrder.FaultOfText(new string('x', NoteOnOrder.MaxText + 1)).ShouldBe("Write a note in at most 2,000 characters; these are 2,001.");
        await Should.ThrowAsync<ArgumentException>(() => _desk.Get<NoteOnOrder>().RunAsync(number, " ", "Holly", Cancellation));
    }

    /// <summary>An order of which some tasks were given up, each with its letter.</summary>
    private async Task<OrderNumber> FailedAsync(params Department[] departments)
    {
        var number = await _desk.PlaceAsync();
        foreach (var department in departments)
        {
            await _desk.FailAsync(number, department, "no answer", forGood: true);
            await _desk.WriteAsync(db =>
            {
                _desk.Get<DeadLetterBox>().Add(db, new Delivery($"shop.{department.Text()}", $"{number}:accepted", "order.accepted.v1", number.ToString(), null, null, null, "{}"u8.ToArray()), "no answer");
                return Task.CompletedTask;
            });
        }

        return number;
    }

    private Task<Handling> RetryAsync(OrderNumber number, Department department, string by) => _desk.Get<RetryTask>().RunAsync(number, department, by, Cancellation);

    private Task<Handling> ResolveAsync(OrderNumber number, Department department, string reason) => _desk.Get<ResolveTask>().RunAsync(number, department, reason, "Holly", Cancellation);

    private async Task<Order> OrderAsync(OrderNumber number)
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Orders.AsNoTracking().Include(o => o.Tasks).Include(o => o.History).AsSplitQuery().SingleAsync(o => o.Number == number, Cancellation);
    }

    private async Task<IReadOnlyList<OutboxRow>> OutboxAsync(params string[] keys)
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Outbox.AsNoTracking().Where(r => keys.Contains(r.RoutingKey)).ToListAsync(Cancellation);
    }

    private async Task AuditedAsync(string action, OrderNumber number, string detail)
    {
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.AuditLog.Where(e => e.Action == action).OrderByDescending(e => e.Id).FirstAsync(Cancellation)).ShouldSatisfyAllConditions(
            e => e.Who.ShouldBe("Holly"), e => e.Subject.ShouldBe($"order {number}"), e => e.Detail.ShouldBe(detail));
    }
}
