using System.Text;
using Storefront.Catalog;

namespace Storefront.Web.Store.Goods;

/// <summary>
/// What somebody typed into the search box. A product is found when every word occurs in its name, or begins a word of its line or description,
/// whatever the case and the accents: "berry" finds Elderberry, and "tea" does not find "instead".
/// The goods are compared in memory: right for hundreds of them; a shop with many thousands wants an index.
/// </summary>
public sealed class SearchWords
{
    /// <summary>More than anybody means; a longer text is cut.</summary>
    public const int MaxLength = 100;

    // With invariant globalization, string.Normalize does not take letters apart; these are the ones Latin scripts use.
    private const string Accented = "àáâãäåāăąçćĉċčďđðèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżž";
    private const string Plain = "aaaaaaaaacccccdddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";

    private readonly string[] _words;

    public SearchWords(string? typed)
    {
        Text = (typed ?? "").Trim();
        Text = Text.Length > MaxLength ? Text[..MaxLength] : Text;
        _words = Fold(Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>As typed, without the space around it.</summary>
    public string Text { get; }

    public bool IsEmpty => _words.Length == 0;

    /// <summary>The products found: those first whose name says it, then those whose line does.</summary>
    public IReadOnlyList<Product> Find(IEnumerable<Product> products) =>
        [.. products.Select(p => (Product: p, Distance: DistanceOf(p))).Where(f => f.Distance is not null).OrderBy(f => f.Distance).Select(f => f.Product)];

    /// <summary>How far from the name one has to read to find every word; null when one is nowhere.</summary>
    private int? DistanceOf(Product product)
    {
        var (name, line, description) = (Fold(product.Name), " " + Fold(product.Line), " " + Fold(product.Description));
        var farthest = 0;
        foreach (var word in _words)
        {
            int? distance = name.Contains(word, StringComparison.Ordinal) ? 0 : Begins(line, word) ? 1 : Begins(description, word) ? 2 : null;
            if (distance is not { } found)
            {
                return null;
            }

            farthest = Math.Max(farthest, found);
        }

        return farthest;
    }

    // The text has a space in front, so that every word in it follows something.
    private static bool Begins(string text, string word)
    {
        var at = text.IndexOf(word, 1, StringComparison.Ordinal);
        while (at > 0 && char.IsLetterOrDigit(text[at - 1]))
        {
            at = text.IndexOf(word, at + 1, StringComparison.Ordinal);
        }

        return at > 0;
    }

    /// <summary>Lower case, without accents.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            _ = lower switch
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                // A combining mark after a plain letter is an accent typed the other way.
                >= '\u0300' and <= '\u036f' => folded,
                < '\u00e0' => folded.Append(lower),
                _ => folded.Append(Accented.IndexOf(lower, StringComparison.Ordinal) is >= 0 and var at ? Plain[at] : lower),
            };
        }

        return folded.ToString();
    }
}
