using CsCheck;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

public sealed class An_orders_life
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What happens often stands here often; a cancel early in every life would leave little to look at.</summary>
    private static readonly Deed[] Deeds = [.. Enumerable.Repeat(Deed.Claim, 12), .. Enumerable.Repeat(Deed.Finish, 6), .. Enumerable.Repeat(Deed.Fail, 6), Deed.GiveBack, Deed.GiveBack, Deed.Replay, Deed.Replay, Deed.TakeUp, Deed.Resolve, Deed.Cancel];

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, Deeds.Length - 1], Gen.Enum<Department>(), Gen.Enum<TaskAction>(), Gen.Bool)
        .Select((deed, department, action, alone) => new Step(Deeds[deed], new(department, action), alone));

    private enum Deed { Claim, Finish, Fail, GiveBack, Replay, TakeUp, Resolve, Cancel }

    [Fact]
    public void Begins_placed_with_sales_marketing_and_warehouse_queued()
    {
        var order = NewOrder();
        order.Status.ShouldBe(OrderStatus.Placed);
        order.Version.ShouldBe(1);
        order.Tasks.Where(t => t.QueuedAt == Now).Select(t => t.Department).ShouldBe([Department.Sales, Department.Marketing, Department.Warehouse]);
        order.Tasks.ShouldAllBe(t => t.State == TaskState.Waiting && t.Attempts == 0);
        order.History.Select(h => h.Kind).ShouldBe([HistoryKind.Placed]);
    }

    [Fact]
    public void Moves_the_goods_from_room_to_room_and_is_complete_when_sales_is_last()
    {
        var order = NewOrder();
        Work(order, Department.Warehouse).ShouldBe(OrderStatus.Picked);
        order.Task(Department.Packing).QueuedAt.ShouldBe(Now);
        Work(order, Department.Packing).ShouldBe(OrderStatus.Packed);
        Work(order, Department.Marketing).ShouldBeNull();
        Work(order, Department.Shipping).ShouldBe(OrderStatus.Shipped);
        order.CompletedAt.ShouldBeNull();
        Work(order, Department.Sales).ShouldBeNull();
        order.CompletedAt.ShouldBe(Now);
        order.History[^1].Kind.ShouldBe(HistoryKind.Completed);
    }

    [Fact]
    public void Does_not_let_packing_begin_before_the_goods_are_picked()
    {
        var order = NewOrder();
        order.Claim(Department.Packing, Now, alone: true).ShouldBe(Claim.TooEarly);
        order.Task(Department.Packing).Attempts.ShouldBe(0);
    }

    [Fact]
    public void Counts_the_first_success_even_if_its_attempt_was_given_up()
    {
        var order = NewOrder();
        order.Claim(Department.Warehouse, Now, alone: true).ShouldBe(Claim.Granted);
        order.GiveUp(Department.Warehouse, attempt: 1, "no paper", Now).ShouldBeTrue();
        order.Finish(Department.Warehouse, "PL-1", Now, out var step).ShouldBeTrue();
        step.ShouldBe(OrderStatus.Picked);
        order.Finish(Department.Warehouse, "PL-2", Now, out step).ShouldBeFalse();
        step.ShouldBeNull();
        order.Task(Department.Warehouse).Reference.ShouldBe("PL-1");
    }

    [Fact]
    public void Ignores_the_failure_of_an_attempt_that_is_not_the_current_one()
    {
        var order = NewOrder();
        order.Claim(Department.Sales, Now, alone: true);
        order.Claim(Department.Sales, Now, alone: true);
        order.Retry(Department.Sales, attempt: 1, "late", Now).ShouldBeFalse();
        order.GiveUp(Department.Sales, attempt: 1, "late", Now).ShouldBeFalse();
        order.Task(Department.Sales).State.ShouldBe(TaskState.Working);
    }

    [Theory]
    [InlineData(Department.Warehouse, true)]
    [InlineData(Department.Sales, false)]
    [InlineData(Department.Marketing, false)]
    public void Is_held_up_by_a_room_that_has_the_goods_until_that_works_again(Department department, bool isHeldUp)
    {
        var order = NewOrder();
        order.Claim(department, Now, alone: true);
        order.GiveUp(department, attempt: 1, "no paper", Now);
        order.IsHeldUp.ShouldBe(isHeldUp);

        order.Reopen(department, letter: 7, Now).ShouldBeTrue();
        order.IsHeldUp.ShouldBeFalse();
    }

    [Fact]
    public void Is_held_up_no_more_once_it_is_cancelled()
    {
        var order = NewOrder();
        order.Claim(Department.Warehouse, Now, alone: true);
        order.GiveUp(Department.Warehouse, attempt: 1, "no paper", Now);
        order.Cancel(HistoryData.Customer, Now).ShouldBe(Cancelling.Cancelled);

        order.IsHeldUp.ShouldBeFalse();
    }

    [Fact]
    public void Lets_a_task_that_twice_never_ended_run_only_alone_and_not_for_ever()
    {
        var order = NewOrder();
        order.Claim(Department.Sales, Now, alone: false).ShouldBe(Claim.Granted);
        order.Claim(Department.Sales, Now, alone: false).ShouldBe(Claim.Granted);
        order.Claim(Department.Sales, Now, alone: false).ShouldBe(Claim.OnlyAlone);
        order.Claim(Department.Sales, Now, alone: true).ShouldBe(Claim.Granted);
        order.Claim(Department.Sales, Now, alone: true).ShouldBe(Claim.Granted);
        order.Claim(Department.Sales, Now, alone: true).ShouldBe(Claim.Granted);
        order.Claim(Department.Sales, Now, alone: true).ShouldBe(Claim.Exhausted);
    }

    [Fact]
    public void Makes_no_illegal_step_whatever_comes_in_whatever_order() => Steps.Array[0, 60].Sample(steps =>
    {
        var order = NewOrder();
        var run = new Run(order);
        foreach (var step in steps)
        {
            run.Take(step);
        }
    });

    [Fact]
    public void Can_be_brought_to_its_end_from_wherever_it_got() => Steps.Array[0, 60].Sample(steps =>
    {
        var order = NewOrder();
        var run = new Run(order);
        Array.ForEach(steps, run.Take);
        foreach (var task in order.Tasks)
        {
            order.Finish(task.Name, "in the end", Now, out _);
        }

        order.Status.ShouldBeOneOf(OrderStatus.Shipped, OrderStatus.Cancelled);
        order.CompletedAt.ShouldBe(Now);
        order.Tasks.Where(t => t.Action == TaskAction.Undo).ShouldAllBe(undo => undo.State == TaskState.Done && undo.QueuedAt != null);
    });

    private static Order NewOrder() => Order.Place(
        new OrderDraft(OrderNumber.New(), new Customer("Helgi"), [new OrderLine { LineNo = 1, ProductId = 2, Name = "Tea", Quantity = 1, PriceMinor = 580 }], 580, "EUR", OrderSource.Api), Now);

    private static OrderStatus? Work(Order order, Department department)
    {
        order.Claim(department, Now, alone: true).ShouldBe(Claim.Granted);
        order.Finish(department, null, Now, out var step).ShouldBeTrue();
        return step;
    }

    private sealed record Step(Deed Deed, TaskName Task, bool Alone);

    /// <summary>Does to an order what departments may do, successes of old attempts included, and looks after each deed.</summary>
    private sealed class Run(Order order)
    {
        private readonly HashSet<TaskName> _begun = [];

        public void Take(Step step)
        {
            var (status, complete) = (order.Status, order.CompletedAt);
            var settled = order.Tasks.Where(t => t.State is TaskState.Done or TaskState.Cancelled).Select(t => (t.Name, t.State)).ToList();
            var packingBegan = order.Task(Department.Packing).StartedAt is not null;
            Do(step);

            if (order.Status == OrderStatus.Cancelled)
            {
                status.ShouldBeOneOf(OrderStatus.Placed, OrderStatus.Picked, OrderStatus.Cancelled);
                packingBegan.ShouldBeFalse("once packing has begun, nobody cancels");
            }
            else
            {
                ((int)order.Status - (int)status).ShouldBeInRange(0, 1);
                order.Tasks.ShouldAllBe(t => t.Action == TaskAction.Do && t.State != TaskState.Cancelled);
            }

            settled.ShouldAllBe(before => order.Task(before.Name).State == before.State);
            order.History.Select(h => h.Seq).ShouldBe(Enumerable.Range(1, order.LastSeq));
            order.Tasks.ShouldAllBe(t => t.State == TaskState.Waiting || order.Status >= Order.StartsAt(t.Department));
            order.CompletedAt.HasValue.ShouldBe(order.Tasks.TrueForAll(t => t.State is TaskState.Done or TaskState.Cancelled));
            (complete is null || complete == order.CompletedAt).ShouldBeTrue("complete once and for all");
            order.Tasks.ShouldAllBe(t => t.Attempts <= Order.MaxAttempts);
        }

        private void Do(Step step)
        {
            var (deed, name) = (step.Deed, step.Task);
            if (deed == Deed.Cancel)
            {
                order.Cancel(HistoryData.Customer, Now);
            }
            else if (deed == Deed.Claim)
            {
                if (order.Claim(name, Now, step.Alone) == Claim.Granted)
                {
                    _begun.Add(name);
                }
            }
            else if (order.Tasks.Find(t => t.Name == name) is { } task)
            {
                DoTo(task, deed);
            }
        }

        private void DoTo(OrderTask task, Deed deed)
        {
            var calledOff = order.Status == OrderStatus.Cancelled && task.Action == TaskAction.Do;
            switch (deed)
            {
                case Deed.Finish when _begun.Contains(task.Name):
                    order.Finish(task.Name, null, Now, out _);
                    break;
                case Deed.Fail or Deed.GiveBack when calledOff:
                    order.CallOff(task.Name, task.Attempts, Now);
                    break;
                case Deed.Fail when task.Attempts >= Order.MaxAttempts:
                    order.GiveUp(task.Name, task.Attempts, "broken", Now);
                    break;
                case Deed.Fail:
                    order.Retry(task.Name, task.Attempts, "broken", Now);
                    break;
                case Deed.GiveBack:
                    order.GiveBack(task.Name, task.Attempts);
                    break;
                case Deed.Replay:
                    order.Reopen(task.Name, letter: order.LastSeq, Now);
                    break;
                case Deed.TakeUp:
                    order.TakeUp(task.Name, letter: null, "anna", Now);
                    break;
                case Deed.Resolve:
                    order.Resolve(task.Name, "by courier", "anna", Now, out _);
                    break;
            }
        }
    }
}
