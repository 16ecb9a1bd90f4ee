using Storefront.Catalog;
using Storefront.Orders;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Store;

/// <summary>What goes into the basket when an order is to be repeated, and what is said of the rest.</summary>
public sealed class What_an_order_puts_into_the_basket_again
{
    private static readonly Assortment Goods = new([], [Product(1, "Bramble Jam", 50), Product(2, "Copper Dibber", 0), Product(3, "Moon Carrot", 2)]);

    [Theory]
    [InlineData(1, 2, 0, 2, null)]
    [InlineData(1, 2, 1, 2, null)]
    [InlineData(1, 2, 5, 5, null)]
    [InlineData(2, 1, 0, 0, Lack.SoldOut)]
    [InlineData(3, 5, 0, 2, Lack.TooFew)]
    [InlineData(9, 1, 0, 0, Lack.Gone)]
    public void Is_as_much_as_it_had_as_far_as_the_shelf_goes(int product, int ordered, int before, int after, Lack? why)
    {
        var basket = before == 0 ? Basket.Empty() : Basket.Empty().With(product, before);

        var filled = Reordering.Fill(basket, [Line(product, ordered)], Goods);

        filled.QuantityOf(product).ShouldBe(after);
        Reordering.Missing(filled, [Line(product, ordered)], Goods).Select(l => (Lack?)l.Why).ShouldBe(why is null ? [] : [why]);
        Reordering.Fill(filled, [Line(product, ordered)], Goods).ShouldBeSameAs(filled, "once more adds nothing");
    }

    [Fact]
    public void Ends_where_the_basket_is_full()
    {
        var full = Basket.Empty().With(4, 99);

        var filled = Reordering.Fill(full, [Line(1, 3)], Goods);

        Reordering.Missing(filled, [Line(1, 3)], Goods).ShouldBe([new Lacking("Bramble Jam", Lack.BasketFull, 1)]);
    }

    [Fact]
    public void Counts_a_product_once_that_stands_in_two_lines() =>
        Reordering.Fill(Basket.Empty(), [Line(1, 3), Line(1, 4)], Goods).QuantityOf(1).ShouldBe(7);

    private static OrderSnapshot.Line Line(int product, int quantity) => new(product, "As it was called", quantity, 1);

    private static Product Product(int id, string name, int stock) => new()
    {
        Id = id, Slug = $"p-{id}", Name = name, CategoryId = "x", PriceMinor = 100, Stock = stock, Bin = "A1", Line = "", Description = "", Details = [],
    };
}
