using Storefront.Orders;

namespace Storefront.Tests.Orders;

/// <summary>What recent orders tell of how long the next will take.</summary>
public sealed class A_forecast
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_the_time_in_which_eight_of_ten_were_shipped_from_each_step()
    {
        var recent = Enumerable.Range(1, 10).Select(minutes => Shipped(minutes)).ToList();

        var forecast = Forecast.Of(recent, Noon.AddDays(1));

        forecast.From(OrderStatus.Placed).ShouldBe(TimeSpan.FromMinutes(8));
        forecast.From(OrderStatus.Picked).ShouldBe(TimeSpan.FromMinutes(6));
        forecast.From(OrderStatus.Packed).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Needs_a_basis(int shipped, bool isTold) =>
        (Forecast.Of([.. Enumerable.Range(1, shipped).Select(m => Shipped(m))], Noon).FromPlaced is not null).ShouldBe(isTold);

    [Fact]
    public void Does_not_mind_orders_that_have_only_just_been_placed()
    {
        var recent = Enumerable.Range(1, 10).Select(minutes => Shipped(minutes)).Concat(Enumerable.Range(1, 100).Select(_ => Waiting(TimeSpan.FromSeconds(30)))).ToList();

        Forecast.Of(recent, Noon).FromPlaced.ShouldBe(TimeSpan.FromMinutes(8));
    }

    [Fact]
    public void Is_longer_with_every_order_that_waits_longer()
    {
        var recent = Enumerable.Range(1, 10).Select(minutes => Shipped(minutes)).Append(Waiting(TimeSpan.FromHours(1))).ToList();

        Forecast.Of(recent, Noon).FromPlaced.ShouldBe(TimeSpan.FromMinutes(9));
    }

    [Fact]
    public void Is_none_when_most_have_come_to_a_stop()
    {
        var recent = Enumerable.Range(1, 10).Select(minutes => Shipped(minutes)).Concat(Enumerable.Range(1, 3).Select(_ => Waiting(TimeSpan.FromHours(1)))).ToList();

        Forecast.Of(recent, Noon).FromPlaced.ShouldBeNull();
    }

    [Theory]
    [InlineData(OrderStatus.Shipped)]
    [InlineData(OrderStatus.Cancelled)]
    public void Says_nothing_of_an_order_that_is_over(OrderStatus status) =>
        Forecast.Of([.. Enumerable.Range(1, 10).Select(m => Shipped(m))], Noon).From(status).ShouldBeNull();

    /// <summary>Picked after a quarter of the time, packed after three.</summary>
    private static Passage Shipped(int minutes) => new(Noon, Noon.AddMinutes(minutes * 0.25), Noon.AddMinutes(minutes * 0.75), Noon.AddMinutes(minutes));

    private static Passage Waiting(TimeSpan since) => new(Noon - since, null, null, null);
}
