using System.Collections.Concurrent;
using System.Collections.Frozen;
using Storefront.Catalog;
using Storefront.Languages;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Web.Store.Goods;

/// <summary>All goods as they were at one moment. Shared by every page that is made meanwhile, so nothing in it changes.</summary>
public sealed class Assortment
{
    private readonly Product[] _all;
    private readonly FrozenDictionary<int, Product> _byId;
    private readonly FrozenDictionary<string, Product> _bySlug;
    private readonly ConcurrentDictionary<Language, Assortment> _translated = new();
    private readonly Lazy<GoodsIndex> _index;

    /// <param name="categories">In the order of the menu.</param>
    /// <param name="products">In the catalogue's order, with those that are not sold any more.</param>
    public Assortment(IReadOnlyList<Category> categories, IReadOnlyList<Product> products)
    {
        // Whatever lies there of goods that are not sold: nobody can have it.
        _all = [.. products.Select(p => p.IsSold ? p : p with { Stock = 0 })];
        (Categories, Products) = (categories, [.. _all.Where(p => p.IsSold)]);
        (_byId, _bySlug) = (_all.ToFrozenDictionary(p => p.Id), _all.ToFrozenDictionary(p => p.Slug, StringComparer.Ordinal));
        _index = new(() => new(Categories, Products));
    }

    /// <summary>In the order of the menu.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>What is sold, in the catalogue's order.</summary>
    public IReadOnlyList<Product> Products { get; }

    /// <summary>Finds goods by words; made once, when somebody searches.</summary>
    public GoodsIndex Index => _index.Value;

    /// <summary>The same goods under the names of a language; made once, when somebody asks.</summary>
    public Assortment Called(Language language) => _translated.GetOrAdd(language, static (l, goods) => goods.In(l), this);

    /// <summary>The product of that id, also one that is not sold any more: baskets and orders have it. Null when there is none.</summary>
    public Product? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The product of that name in addresses, also one that is not sold any more; null when there is none.</summary>
    public Product? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The category of that id; null when there is none.</summary>
    public Category? Category(string? id) => Categories.FirstOrDefault(c => c.Id == id);

    /// <summary>The same goods with other words about them.</summary>
    internal Assortment With(IReadOnlyList<Category> categories, Func<Product, Product> words) => new(categories, [.. _all.Select(words)]);
}
