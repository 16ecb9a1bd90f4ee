using Bunit;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

public sealed class The_order_on_its_page : IDisposable
{
    private readonly Words _english = new(Language.English);
    private readonly OrderPage _page = new();

    [Fact]
    public void Stands_at_the_step_it_has_come_to()
    {
        var view = _page.Show(SomeOrder.After(Department.Warehouse));

        view.Find("h1").TextContent.ShouldBe("Your goods are picked");
        var current = view.Find("[aria-current=step]");
        current.TextContent.ShouldContain("Picked");
        view.FindAll("ol[aria-label='From burrow to door'] > li").Select(li => li.ClassName).ShouldBe(["step done", "step current", "step ahead", "step ahead"]);
    }

    [Fact]
    public void Names_each_room_charmingly_and_plainly_with_its_state_and_one_sentence()
    {
        var rooms = _page.Show(SomeOrder.After(Department.Warehouse)).FindAll(".room");

        rooms.Count.ShouldBe(5);
        var cellar = rooms[2].TextContent;
        cellar.ShouldContain("Root Cellar");
        cellar.ShouldContain("warehouse");
        cellar.ShouldContain("Done");
        cellar.ShouldContain("Everything is off the shelves and in the trug.");
        rooms[3].TextContent.ShouldContain("Your goods are on the table.");
        rooms[4].TextContent.ShouldContain("Waits for your parcel.");
    }

    [Fact]
    public void Takes_longer_instead_of_failing()
    {
        var order = SomeOrder.Placed();
        order.Claim(Department.Warehouse, SomeOrder.Noon, alone: true);
        order.GiveUp(Department.Warehouse, 1, "System.IO.IOException: printer on fire", SomeOrder.Noon);

        var text = _page.Show(order).Find("article").TextContent;

        text.ShouldContain("Taking longer");
        text.ShouldContain("there is nothing you need to do");
        text.ShouldNotContain("printer on fire");
        text.ShouldNotContain("ailed");
    }

    [Fact]
    public void Does_not_worry_the_customer_when_only_the_counting_takes_longer()
    {
        var order = SomeOrder.Placed();
        order.Claim(Department.Marketing, SomeOrder.Noon, alone: true);
        order.Retry(Department.Marketing, 1, "busy", SomeOrder.Noon);

        OrderWords.IsTakingLonger(OrderSnapshot.Of(order)).ShouldBeFalse();
    }

    [Fact]
    public void Shows_goods_total_and_history()
    {
        var view = _page.Show(SomeOrder.After(Department.Warehouse));

        view.Find("tbody tr").TextContent.ShouldBe("Bramble Jam× 2€13.00");
        view.Find("tfoot").TextContent.ShouldBe("Total€13.00");
        view.FindAll(".order-history li span").Select(s => s.TextContent).ShouldBe(["Goods picked", "The warehouse printed the pick list", "Order placed"]);
    }

    [Fact]
    public void Shows_nothing_about_the_customer()
    {
        var text = _page.Show(SomeOrder.Placed()).Markup;

        text.ShouldNotContain("Helgi");
        text.ShouldNotContain("example.com");
        text.ShouldNotContain("fern");
    }

    [Fact]
    public void Is_told_once_to_those_who_listen()
    {
        var placed = OrderSnapshot.Of(SomeOrder.Placed());
        var picked = OrderSnapshot.Of(SomeOrder.After(Department.Warehouse));
        var counted = OrderSnapshot.Of(SomeOrder.After(Department.Warehouse, Department.Marketing));

        _english.News(placed, picked).ShouldStartWith("Your goods are picked.");
        _english.News(picked, counted).ShouldBeNull();
    }

    [Fact]
    public void Tells_also_that_it_goes_on_after_it_took_longer()
    {
        var order = SomeOrder.Placed();
        order.Claim(Department.Warehouse, SomeOrder.Noon, alone: true);
        var working = OrderSnapshot.Of(order);
        order.Retry(Department.Warehouse, 1, "busy", SomeOrder.Noon);
        var held = OrderSnapshot.Of(order);

        _english.News(working, held).ShouldBe("Your order is placed. One room takes longer than usual. We keep at it; there is nothing you need to do.");
        _english.News(held, working).ShouldBe("Your order is placed. The number above is yours. Next, the Root Cellar fetches your goods.");
        _english.News(held, held).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.3, "within a minute.")]
    [InlineData(3.5, "within 4 minutes.")]
    [InlineData(90, "within 90 minutes.")]
    [InlineData(91, "within 2 hours.")]
    [InlineData(60 * 37, "within 2 days.")]
    public void Says_within_what_time_it_is_usually_on_its_way(double minutes, string within) =>
        _english.Usually(OrderSnapshot.Of(SomeOrder.Placed()), new Forecast(FromPlaced: TimeSpan.FromMinutes(minutes)), SomeOrder.Noon)
            .ShouldBe("Orders at this step are usually on their way " + within);

    [Fact]
    public void Says_nothing_of_usually_without_a_basis_after_that_time_and_while_a_room_takes_longer()
    {
        var order = SomeOrder.Placed();
        var placed = OrderSnapshot.Of(order);
        var forecast = new Forecast(FromPlaced: TimeSpan.FromMinutes(4));
        _english.Usually(placed, Forecast.None, SomeOrder.Noon).ShouldBeEmpty();
        _english.Usually(placed, new Forecast(FromPicked: TimeSpan.FromMinutes(4)), SomeOrder.Noon).ShouldBeEmpty("it is not picked yet");
        _english.Usually(placed, forecast, SomeOrder.Noon.AddMinutes(4)).ShouldNotBeEmpty();
        _english.Usually(placed, forecast, SomeOrder.Noon.AddMinutes(5)).ShouldBeEmpty();
        order.Claim(Department.Warehouse, SomeOrder.Noon, alone: true);
        order.Retry(Department.Warehouse, 1, "busy", SomeOrder.Noon);
        _english.Usually(OrderSnapshot.Of(order), forecast, SomeOrder.Noon).ShouldBeEmpty();
    }

    public void Dispose() => _page.Dispose();
}
