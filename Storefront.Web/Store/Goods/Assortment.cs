using System.Collections.Concurrent;
using System.Collections.Frozen;
using Storefront.Catalog;
using Storefront.Languages;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Web.Store.Goods;

/// <summary>All goods as they were at one moment. Shared by every page that is made meanwhile, so nothing in it changes.</summary>
/// <param name="categories">In the order of the menu.</param>
/// <param name="products">In the catalogue's order.</param>
public sealed class Assortment(IReadOnlyList<Category> categories, IReadOnlyList<Product> products)
{
    private readonly FrozenDictionary<int, Product> _byId = products.ToFrozenDictionary(p => p.Id);
    private readonly FrozenDictionary<string, Product> _bySlug = products.ToFrozenDictionary(p => p.Slug, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Language, Assortment> _translated = new();
    private readonly Lazy<GoodsIndex> _index = new(() => new(categories, products));

    /// <summary>In the order of the menu.</summary>
    public IReadOnlyList<Category> Categories => categories;

    /// <summary>In the catalogue's order.</summary>
    public IReadOnlyList<Product> Products => products;

    /// <summary>Finds goods by words; made once, when somebody searches.</summary>
    public GoodsIndex Index => _index.Value;

    /// <summary>The same goods under the names of a language; made once, when somebody asks.</summary>
    public Assortment Called(Language language) => _translated.GetOrAdd(language, static (l, goods) => goods.In(l), this);

    /// <summary>The product of that id; null when there is none.</summary>
    public Product? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The product of that name in addresses; null when there is none.</summary>
    public Product? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The category of that id; null when there is none.</summary>
    public Category? Category(string? id) => categories.FirstOrDefault(c => c.Id == id);
}
