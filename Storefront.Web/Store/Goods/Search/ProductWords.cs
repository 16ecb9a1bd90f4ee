using Storefront.Catalog;

namespace Storefront.Web.Store.Goods.Search;

/// <summary>A product's words in the order in which they count: its name, its shelf, its line, its details, its description, and its name in addresses.</summary>
internal sealed class ProductWords
{
    /// <summary>A slip counts for more than any place a word may stand in.</summary>
    private const int SlipWeight = 20;

    /// <summary>Inside a name ("berry" in Elderberry) is worse than at a word's beginning and better than anywhere else.</summary>
    private const int InsideName = 2;

    private readonly string _name;
    private readonly Place[] _places;

    public ProductWords(Product product, Category? category)
    {
        Product = product;
        _name = PlainLetters.Of(product.Name);
        _places =
        [
            new(0, product.Name),
            new(3, category?.Name ?? ""),
            new(5, product.Line),
            new(7, string.Join(' ', product.Details.Select(d => $"{d.Key} {d.Value}"))),
            new(9, product.Description),
            // In every language the catalogue's own name is in the address.
            new(11, product.Slug),
        ];
    }

    public Product Product { get; }

    /// <summary>All its words as they are compared, some of them more than once.</summary>
    public IEnumerable<string> Words => _places.SelectMany(p => p.Words.Keys);

    /// <summary>How far down a word stands that begins with the typed one, a whole word before a beginning; null when none does.</summary>
    public int? RankOf(string typed)
    {
        var rank = _places.Select(p => p.Words.ContainsKey(typed) ? p.Rank : p.Words.Keys.Any(w => w.StartsWith(typed, StringComparison.Ordinal)) ? p.Rank + 1 : (int?)null).Min();
        return (rank is null or > InsideName) && _name.Contains(typed, StringComparison.Ordinal) ? InsideName : rank;
    }

    /// <summary>The same for a word with slips in it, by the words it may have been, and the one of them it is here.</summary>
    public (int Rank, string Spelled)? RankOf(IReadOnlyDictionary<string, int> meant) => _places
        .SelectMany(p => p.Words.Where(w => meant.ContainsKey(w.Key)).Select(w => (Rank: p.Rank + (SlipWeight * meant[w.Key]), Spelled: w.Value)))
        .Select(f => ((int Rank, string Spelled)?)f).MinBy(f => f!.Value.Rank);

    /// <summary>A text of the product.</summary>
    /// <param name="rank">What a whole word in it counts; the beginning of one counts one more.</param>
    /// <param name="text">The text.</param>
    private sealed class Place(int rank, string text)
    {
        public int Rank => rank;

        /// <summary>Its words, as compared and as first spelled.</summary>
        public Dictionary<string, string> Words { get; } =
            PlainLetters.Words(text).DistinctBy(w => w.Plain, StringComparer.Ordinal).ToDictionary(w => w.Plain, w => w.Spelled, StringComparer.Ordinal);
    }
}
