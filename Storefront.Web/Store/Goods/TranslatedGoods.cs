using Storefront.Catalog;
using Storefront.Languages;

namespace Storefront.Web.Store.Goods;

/// <summary>The goods under the names of a language. What it has no names for, and what the staff has written anew, keeps the shop's own text.</summary>
internal static class TranslatedGoods
{
    public static Assortment In(this Assortment goods, Language language) => goods.With(
        [.. goods.Categories.Select(c => Called(c, language.Goods.Categories.GetValueOrDefault(c.Id)))],
        p => p.CatalogueName is { } name && language.Goods.Products.TryGetValue(name, out var text) ? Called(p, text) : p);

    private static Category Called(Category category, GoodsNames.CategoryText? text) => text is null ? category
        : new() { Id = category.Id, Position = category.Position, Name = text.Name, Line = text.Line };

    private static Product Called(Product product, GoodsNames.ProductText text) => product with
    {
        Name = product.Has(OwnTexts.Name) ? product.Name : text.Name,
        Line = product.Has(OwnTexts.Line) ? product.Line : text.Line,
        Description = product.Has(OwnTexts.Description) ? product.Description : text.Description,
        Details = product.Has(OwnTexts.Details) ? product.Details : text.Details,
    };

    private static bool Has(this Product product, OwnTexts text) => (product.OwnTexts & text) != 0;
}
