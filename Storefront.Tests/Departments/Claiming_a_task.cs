using Storefront.Orders;

namespace Storefront.Tests.Departments;

/// <summary>Who may work on an order's task, and when it has had enough: decisions of the order alone.</summary>
public sealed class Claiming_a_task
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Order _order = Order.Place(
        new OrderDraft(OrderNumber.New(), new Customer("Helgi Möller"), [], 100, "EUR", OrderSource.Shop), Noon);

    [Fact]
    public void Is_granted_at_once_and_counted()
    {
        Ask().ShouldBe(Claim.Granted);
        (Sales.State, Sales.Attempts, Sales.StartedAt).ShouldBe((TaskState.Working, 1, Noon));
    }

    [Fact]
    public void Left_without_an_end_once_is_granted_again_in_company()
    {
        Ask();
        Ask().ShouldBe(Claim.Granted);
    }

    [Fact]
    public void Left_without_an_end_twice_is_granted_alone_only_and_after_five_never_again()
    {
        Ask();
        Ask();
        Ask().ShouldBe(Claim.OnlyAlone);
        Sales.Attempts.ShouldBe(2, "being told to come alone is no attempt");
        for (var attempt = 3; attempt <= Order.MaxAttempts; attempt++)
        {
            Ask(alone: true).ShouldBe(Claim.Granted);
        }

        Ask(alone: true).ShouldBe(Claim.Exhausted);
        Ask().ShouldBe(Claim.Exhausted);
    }

    [Fact]
    public void That_failed_properly_needs_no_solitude()
    {
        for (var attempt = 1; attempt < Order.MaxAttempts; attempt++)
        {
            Ask().ShouldBe(Claim.Granted);
            _order.Retry(Department.Sales, attempt, "no answer", Noon).ShouldBeTrue();
        }

        Ask().ShouldBe(Claim.Granted);
        _order.GiveUp(Department.Sales, Order.MaxAttempts, "no answer", Noon).ShouldBeTrue();
        Ask().ShouldBe(Claim.Settled);
    }

    [Fact]
    public void Before_the_goods_have_come_that_far_is_too_early()
    {
        _order.Claim(Department.Packing, Noon, alone: false).ShouldBe(Claim.TooEarly);
        _order.Claim(Department.Shipping, Noon, alone: true).ShouldBe(Claim.TooEarly);
        _order.Tasks.ShouldAllBe(t => t.Attempts == 0);
    }

    [Fact]
    public void Of_an_older_attempt_does_not_count_when_it_fails_but_does_when_it_succeeds()
    {
        Ask();
        Ask();

        _order.Retry(Department.Sales, 1, "late news", Noon).ShouldBeFalse();
        _order.GiveUp(Department.Sales, 1, "late news", Noon).ShouldBeFalse();
        _order.GiveBack(Department.Sales, 1).ShouldBeFalse();
        Sales.State.ShouldBe(TaskState.Working);
        _order.Finish(Department.Sales, "SO-1", Noon, out _).ShouldBeTrue();
        _order.Finish(Department.Sales, "SO-2", Noon, out _).ShouldBeFalse();
        Sales.Reference.ShouldBe("SO-1");
    }

    [Fact]
    public void That_is_given_back_was_never_an_attempt()
    {
        Ask();
        _order.GiveBack(Department.Sales, 1).ShouldBeTrue();
        (Sales.State, Sales.Attempts, Sales.StartedAt).ShouldBe((TaskState.Waiting, 0, Noon), "something may have come of it");
    }

    private OrderTask Sales => _order.Task(Department.Sales);

    private Claim Ask(bool alone = false) => _order.Claim(Department.Sales, Noon, alone);
}
