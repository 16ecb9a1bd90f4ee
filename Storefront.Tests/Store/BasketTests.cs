using Storefront.Orders;
using Storefront.Web.Store.Cart;

namespace Storefront.Tests.Store;

public sealed class A_basket
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var basket = Basket.Empty().With(7, 2, 1050).With(3, 99).With(5, 1, 0);

        Basket.TryParse(basket.ToString(), out var read).ShouldBeTrue();

        read.Id.ShouldBe(basket.Id);
        read.Items.ShouldBe([new BasketItem(7, 2, 1050), new BasketItem(3, 99 - 1)]);
    }

    [Fact]
    public void From_before_prices_were_kept_is_read_and_has_none()
    {
        Basket.TryParse(Id + ".2x1.42x3", out var read).ShouldBeTrue();

        read.Items.ShouldBe([new BasketItem(2, 1), new BasketItem(42, 3)]);
        read.SeenPrices.ShouldBeEmpty();
        read.ToString().ShouldBe(Id + ".2x1.42x3");
    }

    [Fact]
    public void Says_of_each_product_what_it_cost_when_it_was_put_in() =>
        (Basket.Empty() with { Id = Id }).With(2, 1, 1050).With(42, 3, 0).ToString().ShouldBe(Id + ".2x1p1050.42x3p0");

    [Fact]
    public void Keeps_the_price_it_saw_first_when_another_piece_goes_in() => Basket.Empty().With(2, 1, 1050).With(2, 2, 1200).Items.ShouldBe([new BasketItem(2, 2, 1050)]);

    [Fact]
    public void Leaves_a_price_out_that_is_too_long_for_it()
    {
        var basket = Basket.Empty().With(2, 1, long.MaxValue);

        Basket.TryParse(basket.ToString(), out var read).ShouldBeTrue();

        read.Items.ShouldBe([new BasketItem(2, 1)]);
    }

    [Fact]
    public void With_the_longest_numbers_is_read_and_fits_into_a_cookie()
    {
        var basket = Enumerable.Range(0, OrderRequest.MaxPieces).Aggregate(Basket.Empty(), (b, i) => b.With(int.MaxValue - i, 1, 1_000_000_000));

        Basket.TryParse(basket.ToString(), out var read).ShouldBeTrue();

        read.Items.ShouldBe(basket.Items);
        basket.ToString().Length.ShouldBeLessThan(4000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7x1")]
    [InlineData("short.7x1")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF.7x1")]
    [InlineData(Id + ".7x0")]
    [InlineData(Id + ".7x-1")]
    [InlineData(Id + ".7x100")]
    [InlineData(Id + ".0x1")]
    [InlineData(Id + ".7x1.7x1")]
    [InlineData(Id + ".7x60.8x60")]
    [InlineData(Id + ".99999999999x1")]
    [InlineData(Id + ".<script>x1")]
    [InlineData(Id + ".7")]
    [InlineData(Id + ".7x1p")]
    [InlineData(Id + ".7x1p-1")]
    [InlineData(Id + ".7x1p10.50")]
    [InlineData(Id + ".7x1p1000000001")]
    [InlineData(Id + ".7x1p99999999999999999999")]
    [InlineData(Id + ".7x1p1050p1050")]
    [InlineData(Id + ".7p1050x1")]
    [InlineData(Id + ".7x1p1050x1")]
    [InlineData(Id + ".7x1\0")]
    [InlineData(Id + ".٧x١")]
    [InlineData(Id + ".")]
    public void Out_of_somebodys_workshop_is_not_read(string? text) => Basket.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Longer_than_any_basket_is_not_read() => Basket.TryParse(Id + string.Concat(Enumerable.Repeat(".1x1", 1000)), out _).ShouldBeFalse();

    [Fact]
    public void Holds_ninety_nine_of_one_product() => Basket.Empty().With(1, 500).QuantityOf(1).ShouldBe(Basket.MaxOfOne);

    [Fact]
    public void Holds_as_many_pieces_as_an_order_may_have()
    {
        var basket = Basket.Empty().With(1, 60).With(2, 60);

        basket.Pieces.ShouldBe(OrderRequest.MaxPieces);
        basket.QuantityOf(2).ShouldBe(40);
        basket.With(3, 1).Items.Count.ShouldBe(2);
    }

    [Fact]
    public void Loses_a_line_set_to_nothing() => Basket.Empty().With(1, 2).With(1, 0).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Keeps_what_was_added_after_the_order_was_made_up_and_becomes_another_basket()
    {
        var ordered = Basket.Empty().With(1, 2);

        var rest = ordered.With(1, 3).With(5, 1).Without(ordered);

        rest.Items.ShouldBe([new BasketItem(1, 1), new BasketItem(5, 1)]);
        rest.Id.ShouldNotBe(ordered.Id);
    }

    [Fact]
    public void Has_an_id_that_nobody_guesses() => Enumerable.Range(0, 100).Select(_ => Basket.Empty().Id).ShouldBeUnique();
}
