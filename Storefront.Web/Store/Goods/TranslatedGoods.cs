using Storefront.Catalog;
using Storefront.Languages;

namespace Storefront.Web.Store.Goods;

/// <summary>The goods under the names of a language. What it has no names for keeps the catalogue's own.</summary>
internal static class TranslatedGoods
{
    public static Assortment In(this Assortment goods, Language language) => new(
        [.. goods.Categories.Select(c => Called(c, language.Goods.Categories.GetValueOrDefault(c.Id)))],
        [.. goods.Products.Select(p => Called(p, language.Goods.Products.GetValueOrDefault(p.Slug)))]);

    private static Category Called(Category category, GoodsNames.CategoryText? text) => text is null ? category
        : new() { Id = category.Id, Position = category.Position, Name = text.Name, Line = text.Line };

    private static Product Called(Product product, GoodsNames.ProductText? text) => text is null ? product
        : new()
        {
            Id = product.Id,
            Slug = product.Slug,
            CategoryId = product.CategoryId,
            PriceMinor = product.PriceMinor,
            Stock = product.Stock,
            Bin = product.Bin,
            Name = text.Name,
            Line = text.Line,
            Description = text.Description,
            Details = text.Details,
        };
}
