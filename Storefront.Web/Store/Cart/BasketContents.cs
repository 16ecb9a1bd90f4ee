using Storefront.Catalog;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Cart;

/// <summary>A line of a basket with the product it means and what the shelf has of it.</summary>
/// <param name="Product">As it is now.</param>
/// <param name="Quantity">How many the basket has.</param>
/// <param name="SeenMinor">What one cost when it was put in; null where nobody knows.</param>
public sealed record BasketLine(Product Product, int Quantity, long? SeenMinor = null)
{
    /// <summary>How many of them can be had.</summary>
    public int Available => Math.Min(Quantity, Product.Stock);

    /// <summary>What those cost that can be had.</summary>
    public long TotalMinor => Product.PriceMinor * Available;

    /// <summary>The shelf has fewer than the basket.</summary>
    public bool IsShort => Available < Quantity;

    /// <summary>One costs something else than when it was put in.</summary>
    public bool HasOtherPrice => SeenMinor is { } seen && seen != Product.PriceMinor;
}

/// <summary>A basket beside the shelf.</summary>
/// <param name="Basket">The basket, without products that the shop does not know any more.</param>
/// <param name="Lines">Its lines, in the order of choosing.</param>
public sealed record BasketContents(Basket Basket, IReadOnlyList<BasketLine> Lines)
{
    public static BasketContents None { get; } = new(new Basket("", []), []);

    /// <summary>The lines that the shelf cannot fill.</summary>
    public IEnumerable<BasketLine> Shortages => Lines.Where(l => l.IsShort);

    public bool HasShortage => Shortages.Any();

    /// <summary>What can be had of it, together.</summary>
    public long TotalMinor => Lines.Sum(l => l.TotalMinor);

    /// <summary>So many pieces of it can be had.</summary>
    public int Pieces => Lines.Sum(l => l.Available);

    /// <summary>The same with what can be had, at the prices of now.</summary>
    public BasketContents Available => new(
        new Basket(Basket.Id, [.. Lines.Select(l => new BasketItem(l.Product.Id, l.Available, l.SeenMinor)).Where(i => i.Quantity > 0)]),
        [.. Lines.Where(l => l.Available > 0).Select(l => l with { Quantity = l.Available })]);

    /// <summary>The basket as its lines are shown: the prices of now are the prices seen.</summary>
    public Basket AsShown => Basket.SeenAt(id => Lines.FirstOrDefault(l => l.Product.Id == id)?.Product.PriceMinor);

    public static BasketContents Of(Basket basket, Assortment goods) => new(
        basket.Only(id => goods.Find(id) is not null),
        [.. basket.Items.Where(i => goods.Find(i.ProductId) is not null).Select(i => new BasketLine(goods.Find(i.ProductId)!, i.Quantity, i.SeenMinor))]);
}
