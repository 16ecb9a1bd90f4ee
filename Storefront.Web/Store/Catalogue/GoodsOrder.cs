namespace Storefront.Web.Store.Catalogue;

/// <summary>In which order the catalogue shows what it found.</summary>
public enum GoodsOrder
{
    /// <summary>The best finds of a search first, else the catalogue's own order.</summary>
    Usual,

    /// <summary>The catalogue's own order, also of a search.</summary>
    Catalogue,
    PriceUp,
    PriceDown,
    Name,
}
