using Storefront.Orders;

namespace Storefront.Tests.Orders;

/// <summary>What a cancel leaves to be done: decisions of the order alone.</summary>
public sealed class A_cancelled_order
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly Order _order = Order.Place(new OrderDraft(OrderNumber.New(), new Customer("Helgi"), [], 580, "EUR", OrderSource.Api), Now);

    [Fact]
    public void That_nobody_has_begun_has_nothing_to_undo_and_is_complete()
    {
        _order.Cancel("anna", Now).ShouldBe(Cancelling.Cancelled);
        (_order.Status, _order.CompletedAt).ShouldBe((OrderStatus.Cancelled, Now));
        _order.Tasks.ShouldAllBe(t => t.Action == TaskAction.Do && t.State == TaskState.Cancelled);
        var said = _order.History.Single(h => h.Kind == HistoryKind.Cancelled);
        (said.Data.By, HistoryText.English(said)).ShouldBe(("anna", "Order cancelled by the shop"), "the name is the staff's business");
    }

    [Fact]
    public void Undoes_what_is_done_and_what_may_have_had_an_effect_and_is_complete_after_that()
    {
        Begin(Department.Marketing);
        _order.Finish(Department.Marketing, null, Now, out _);
        Begin(Department.Sales);
        _order.Retry(Department.Sales, 1, "no answer", Now);

        _order.Cancel(HistoryData.Customer, Now);

        States().ShouldBe(["sales cancelled", "marketing done", "warehouse cancelled", "packing cancelled", "shipping cancelled", "sales:undo waiting", "marketing:undo waiting"]);
        _order.CompletedAt.ShouldBeNull();
        Undo(Department.Sales);
        _order.CompletedAt.ShouldBeNull();
        Undo(Department.Marketing);
        _order.CompletedAt.ShouldBe(Now);
        _order.History.Select(h => HistoryText.English(h)).ShouldContain("Sales took the booking back");
    }

    [Fact]
    public void Lets_work_that_is_going_on_end_and_undoes_it_then()
    {
        Begin(Department.Sales);
        _order.Cancel(HistoryData.Customer, Now);
        _order.Claim(new(Department.Sales, TaskAction.Undo), Now, alone: true).ShouldBe(Claim.Settled, "its turn comes when the work ends");

        _order.Finish(Department.Sales, "SO-1", Now, out var step).ShouldBeTrue();

        step.ShouldBeNull();
        Undo(Department.Sales);
        _order.CompletedAt.ShouldBe(Now);
    }

    [Fact]
    public void Calls_work_off_that_never_ended_and_undoes_it()
    {
        Begin(Department.Warehouse);
        _order.Cancel(HistoryData.Customer, Now);

        _order.Claim(Department.Warehouse, Now, alone: false).ShouldBe(Claim.CalledOff);

        _order.Claim(Department.Warehouse, Now, alone: false).ShouldBe(Claim.Settled);
        _order.Finish(Department.Warehouse, "late", Now, out _).ShouldBeFalse("what comes of it now is undone by its key");
        Undo(Department.Warehouse);
        _order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public void Is_no_longer_in_need_of_attention_for_work_that_had_been_given_up()
    {
        Begin(Department.Sales);
        _order.GiveUp(Department.Sales, 1, "broken", Now);
        _order.Cancel("anna", Now);
        _order.Tasks.ShouldNotContain(t => t.State == TaskState.Failed);
        Undo(Department.Sales);
        _order.CompletedAt.ShouldBe(Now);
    }

    [Fact]
    public void Stays_cancelled()
    {
        _order.Cancel(HistoryData.Customer, Now);
        _order.Cancel(HistoryData.Customer, Now).ShouldBe(Cancelling.Already);
        foreach (var department in OrderTerms.Departments)
        {
            _order.Claim(department, Now, alone: true).ShouldBe(Claim.Settled);
            _order.Reopen(department, letter: 1, Now).ShouldBeFalse();
        }
    }

    [Fact]
    public void Is_not_to_be_had_once_packing_has_begun_even_if_it_was_given_back()
    {
        Begin(Department.Warehouse);
        _order.Finish(Department.Warehouse, null, Now, out _);
        _order.CanBeCancelled.ShouldBeTrue();
        Begin(Department.Packing);
        _order.GiveBack(Department.Packing, 1);
        _order.CanBeCancelled.ShouldBeFalse();
        _order.Cancel(HistoryData.Customer, Now).ShouldBe(Cancelling.TooLate);
        _order.Status.ShouldBe(OrderStatus.Picked);
    }

    private IEnumerable<string> States() => _order.Tasks.OrderBy(t => t.Action).ThenBy(t => t.Department).Select(t => $"{t.Name} {t.State.Text()}");

    private void Begin(Department department) => _order.Claim(department, Now, alone: false).ShouldBe(Claim.Granted);

    private void Undo(Department department)
    {
        TaskName undo = new(department, TaskAction.Undo);
        _order.Claim(undo, Now, alone: false).ShouldBe(Claim.Granted);
        _order.Finish(undo, null, Now, out var step).ShouldBeTrue();
        step.ShouldBeNull();
    }
}
