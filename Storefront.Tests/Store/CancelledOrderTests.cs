using Bunit;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

public sealed class A_cancelled_order_on_its_page : IDisposable
{
    private readonly Words _english = new(Language.English);
    private readonly OrderPage _page = new();

    [Fact]
    public void Has_no_path_any_more_but_says_who_takes_back_what()
    {
        var view = _page.Show(SomeOrder.Cancelled(Department.Sales, Department.Warehouse));

        view.Find("h1").TextContent.ShouldBe("This order is cancelled");
        view.FindAll("ol[aria-label='From burrow to door']").ShouldBeEmpty();
        view.Find(".order-outlook").TextContent.ShouldBe("Nothing will be sent. The rooms take back what they had begun.");
        view.FindAll(".room h3").Select(h => h.TextContent).ShouldBe(["Ledger Room", "Root Cellar"]);
        view.FindAll(".room-plain").Select(p => p.TextContent).ShouldBe(["sales", "warehouse"]);
        view.FindAll(".room-doing").Select(p => p.TextContent).ShouldBe(["Looks the order up in the big book.", "Goes and looks for the pick list."]);
        view.Find(".order-history li span").TextContent.ShouldBe("Order cancelled by the customer");
    }

    [Fact]
    public void Says_when_everything_is_taken_back()
    {
        var order = SomeOrder.Cancelled(Department.Sales, Department.Warehouse);
        order.TakeBack(Department.Sales);
        order.TakeBack(Department.Warehouse);

        var view = _page.Show(order);

        view.Find(".order-outlook").TextContent.ShouldBe("Nothing will be sent, and every room has taken back what it had begun.");
        view.FindAll(".room .chip").Select(c => c.TextContent).ShouldBe(["Taken back", "Taken back"]);
        view.FindAll(".order-history li span").Take(2).Select(s => s.TextContent).ShouldBe(["Nothing is left to take back", "The warehouse withdrew the pick list"]);
    }

    [Fact]
    public void That_nobody_had_begun_has_nothing_to_take_back()
    {
        var view = _page.Show(SomeOrder.Cancelled());
        view.Find(".order-outlook").TextContent.ShouldBe("Nothing will be sent. No room had begun, so there is nothing to take back.");
        view.FindAll(".room").ShouldBeEmpty();
    }

    [Fact]
    public void Says_that_a_room_at_work_ends_its_work_first()
    {
        var order = SomeOrder.Placed();
        order.Claim(Department.Sales, SomeOrder.Noon, alone: true);
        order.Cancel(HistoryData.Customer, SomeOrder.Noon);
        _page.Show(order).Find(".room-doing").TextContent.ShouldBe("Is still writing. As soon as the ink is dry, it strikes the order out.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Takes_longer_instead_of_failing(bool forGood)
    {
        var order = SomeOrder.Cancelled(Department.Sales);
        var undo = new TaskName(Department.Sales, TaskAction.Undo);
        order.Claim(undo, SomeOrder.Noon, alone: true).ShouldBe(Claim.Granted);
        (forGood ? order.GiveUp(undo, 1, "SAP answered 503", SomeOrder.Noon) : order.Retry(undo, 1, "SAP answered 503", SomeOrder.Noon)).ShouldBeTrue();

        var text = _page.Show(order).Find("article").TextContent;

        text.ShouldContain("One room takes longer than usual to take back what it had begun.");
        text.ShouldContain("Taking longer");
        text.ShouldNotContain("503");
        text.ShouldNotContain("ailed");
    }

    [Fact]
    public void Is_told_once_to_those_who_listen_and_its_end_once()
    {
        var picked = OrderSnapshot.Of(SomeOrder.After(Department.Sales, Department.Warehouse));
        var order = SomeOrder.Cancelled(Department.Sales, Department.Warehouse);
        var cancelled = OrderSnapshot.Of(order);
        order.TakeBack(Department.Sales);
        var half = OrderSnapshot.Of(order);
        order.TakeBack(Department.Warehouse);
        var whole = OrderSnapshot.Of(order);

        _english.News(picked, cancelled).ShouldBe("This order is cancelled. Nothing will be sent. The rooms take back what they had begun.");
        _english.News(cancelled, half).ShouldBeNull();
        _english.News(half, whole).ShouldBe("Nothing will be sent, and every room has taken back what it had begun.");
    }

    [Fact]
    public void Could_be_cancelled_for_as_long_as_the_order_itself_says()
    {
        var order = SomeOrder.Placed();
        Agree(order, true);
        foreach (var department in new[] { Department.Warehouse, Department.Sales })
        {
            order.Claim(department, SomeOrder.Noon, alone: true);
            order.Finish(department, null, SomeOrder.Noon, out _);
            Agree(order, true);
        }

        order.Claim(Department.Packing, SomeOrder.Noon, alone: true);
        Agree(order, false);
        // Given back by a closing shop: the goods may be half wrapped.
        order.GiveBack(Department.Packing, 1);
        Agree(order, false);
        order.Claim(Department.Packing, SomeOrder.Noon, alone: true);
        order.Finish(Department.Packing, null, SomeOrder.Noon, out _);
        Agree(order, false);
        Agree(SomeOrder.Cancelled(), false);
    }

    private static void Agree(Order order, bool canBeCancelled)
    {
        order.CanBeCancelled.ShouldBe(canBeCancelled);
        OrderSnapshot.Of(order).CanBeCancelled.ShouldBe(canBeCancelled);
    }

    public void Dispose() => _page.Dispose();
}
