using Storefront.Catalog;
using Storefront.Orders;
using Storefront.Web.Store.Cart;

namespace Storefront.Tests.Store;

public sealed class A_basket
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var basket = Basket.Empty().With(7, 2).With(3, 99);

        Basket.TryParse(basket.ToString(), out var read).ShouldBeTrue();

        read.Id.ShouldBe(basket.Id);
        read.Lines.ShouldBe([new Amount(7, 2), new Amount(3, 99 - 1)]);
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
        basket.With(3, 1).Lines.Count.ShouldBe(2);
    }

    [Fact]
    public void Loses_a_line_set_to_nothing() => Basket.Empty().With(1, 2).With(1, 0).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Keeps_what_was_added_after_the_order_was_made_up_and_becomes_another_basket()
    {
        var ordered = Basket.Empty().With(1, 2);

        var rest = ordered.With(1, 3).With(5, 1).Without(ordered);

        rest.Lines.ShouldBe([new Amount(1, 1), new Amount(5, 1)]);
        rest.Id.ShouldNotBe(ordered.Id);
    }

    [Fact]
    public void Has_an_id_that_nobody_guesses() => Enumerable.Range(0, 100).Select(_ => Basket.Empty().Id).ShouldBeUnique();
}
