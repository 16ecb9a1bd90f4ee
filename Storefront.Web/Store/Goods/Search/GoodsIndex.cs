using Storefront.Catalog;

namespace Storefront.Web.Store.Goods.Search;

/// <summary>
/// Finds goods by what somebody typed, whatever the case and the accents. Every word has to occur: as a word or the beginning of one, in a name also inside
/// ("berry" finds Elderberry, "tea" does not find "instead"). Typing errors are forgiven in words that no product has, and only there, so that nobody who typed
/// well has to look past other things. The goods are compared in memory: right for hundreds of them; a shop with many thousands wants an index on disk.
/// </summary>
/// <param name="categories">The shelves; their names are found, too.</param>
/// <param name="products">The goods, in the catalogue's order, in which equally good finds stand.</param>
public sealed class GoodsIndex(IReadOnlyList<Category> categories, IReadOnlyList<Product> products)
{
    private readonly ProductWords[] _goods = [.. products.Select(p => new ProductWords(p, categories.FirstOrDefault(c => c.Id == p.CategoryId)))];
    private string[]? _vocabulary;

    /// <summary>The goods that have every word; all of them when there is none.</summary>
    public Findings Find(SearchWords search)
    {
        if (search.IsEmpty)
        {
            return new(products);
        }

        var wanted = search.Words.Select(Wanted).ToList();
        var found = _goods.Select(g => (Goods: g, Hits: wanted.Select(w => w.In(g)).OfType<Hit>().ToList()))
            .Where(f => f.Hits.Count == wanted.Count).OrderBy(f => f.Hits.Sum(h => h.Rank)).ToList();
        var meant = found.Count > 0 && wanted.Exists(w => w.Meant is not null) ? string.Join(' ', found[0].Hits.Select(h => h.Spelled)) : null;
        return new([.. found.Select(f => f.Goods.Product)], meant);
    }

    /// <summary>The goods that have at least one of the words, those with the most first: for an address that leads nowhere.</summary>
    public IReadOnlyList<Product> Near(SearchWords words, int most)
    {
        var wanted = words.Words.Where(w => Typos.Allowed(w.Length) > 0).Select(Wanted).ToList();
        return [.. _goods.Select(g => (g.Product, Hits: wanted.Select(w => w.In(g)).OfType<Hit>().ToList()))
            .Where(f => f.Hits.Count > 0).OrderByDescending(f => f.Hits.Count).ThenBy(f => f.Hits.Sum(h => h.Rank)).Take(most).Select(f => f.Product)];
    }

    private WantedWord Wanted(string typed) => Array.Exists(_goods, g => g.RankOf(typed) is not null) ? new(typed, null) : new(typed, WordsNear(typed));

    // Made twice at worst, when two search at once for the first time.
    private string[] Vocabulary => _vocabulary ??= [.. _goods.SelectMany(g => g.Words).Distinct(StringComparer.Ordinal)];

    private Dictionary<string, int> WordsNear(string typed) => Vocabulary.Select(w => (Word: w, Slips: Typos.Between(typed, w)))
        .Where(w => w.Slips is not null).ToDictionary(w => w.Word, w => w.Slips!.Value, StringComparer.Ordinal);

    /// <summary>A typed word.</summary>
    /// <param name="Typed">As it is compared.</param>
    /// <param name="Meant">When no product has it: the words it may have been, and by how many slips each.</param>
    private sealed record WantedWord(string Typed, IReadOnlyDictionary<string, int>? Meant)
    {
        public Hit? In(ProductWords goods) => Meant is null
            ? goods.RankOf(Typed) is { } rank ? new(rank, Typed) : null
            : goods.RankOf(Meant) is { } found ? new(found.Rank, found.Spelled) : null;
    }

    /// <summary>A word in a product: how far down, and how it is spelled there.</summary>
    private sealed record Hit(int Rank, string Spelled);
}
