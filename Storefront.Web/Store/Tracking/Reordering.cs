using Storefront.Orders;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Tracking;

/// <summary>Why not all of a line is in the basket.</summary>
public enum Lack { Gone, SoldOut, TooFew, BasketFull }

/// <param name="Name">What the goods are called: as the shop does now, or as it did then of those it does not have any more.</param>
/// <param name="Why">Why.</param>
/// <param name="InBasket">How many the basket has.</param>
public sealed record Lacking(string Name, Lack Why, int InBasket);

/// <summary>The same goods once more.</summary>
public static class Reordering
{
    /// <summary>
    /// The basket with at least as many of everything as the order had, as far as shelf and basket go. What is in it already counts, so that a second click adds
    /// nothing twice.
    /// </summary>
    public static Basket Fill(Basket basket, IEnumerable<OrderSnapshot.Line> lines, Assortment goods) => Together(lines).Aggregate(basket, (filled, line) =>
        goods.Find(line.ProductId) is { Stock: > 0 } product && filled.QuantityOf(product.Id) is var has && Math.Min(line.Quantity, product.Stock) is var wanted && wanted > has
            ? filled.With(product.Id, wanted) : filled);

    /// <summary>What of an order is not in the basket, and why. Told from how things are, so that it is true whenever somebody asks.</summary>
    public static IReadOnlyList<Lacking> Missing(Basket basket, IEnumerable<OrderSnapshot.Line> lines, Assortment goods) => [.. Together(lines).Select(line =>
    {
        var has = basket.QuantityOf(line.ProductId);
        return goods.Find(line.ProductId) switch
        {
            null or { IsSold: false } => new Lacking(line.Name, Lack.Gone, 0),
            { Stock: 0 } product => new Lacking(product.Name, Lack.SoldOut, 0),
            { } when has >= line.Quantity => null,
            { } product when product.Stock < line.Quantity && has >= product.Stock => new Lacking(product.Name, Lack.TooFew, has),
            { } product => new Lacking(product.Name, Lack.BasketFull, has),
        };
    }).OfType<Lacking>()];

    // One product may stand in two lines of another system's order.
    private static IEnumerable<OrderSnapshot.Line> Together(IEnumerable<OrderSnapshot.Line> lines) =>
        lines.GroupBy(l => l.ProductId).Select(g => g.First() with { Quantity = g.Sum(l => l.Quantity) });
}
