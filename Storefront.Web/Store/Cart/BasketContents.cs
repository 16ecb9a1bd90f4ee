using Storefront.Catalog;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Cart;

/// <summary>A line of a basket with the product it means and what the shelf has of it.</summary>
public sealed record BasketLine(Product Product, int Quantity)
{
    public long TotalMinor => Product.PriceMinor * Quantity;

    /// <summary>The shelf has fewer than the basket.</summary>
    public bool IsShort => Product.Stock < Quantity;
}

/// <summary>A basket beside the shelf. Products that the shop does not know any more are left out.</summary>
public sealed record BasketContents(Basket Basket, IReadOnlyList<BasketLine> Lines)
{
    public bool HasShortage => Lines.Any(l => l.IsShort);

    public long TotalMinor => Lines.Sum(l => l.TotalMinor);

    public int Pieces => Lines.Sum(l => l.Quantity);

    /// <summary>The basket with what can be had of it.</summary>
    public Basket Available => Basket with { Lines = [.. Lines.Select(l => new Amount(l.Product.Id, Math.Min(l.Quantity, l.Product.Stock))).Where(a => a.Quantity > 0)] };

    public static BasketContents Of(Basket basket, Assortment goods) =>
        new(basket, [.. basket.Lines.Where(l => goods.Find(l.ProductId) is not null).Select(l => new BasketLine(goods.Find(l.ProductId)!, l.Quantity))]);
}
