using System.Text;
using Storefront.Catalog;

namespace Storefront.Web.Store.Goods;

/// <summary>
/// What somebody typed into the search box. A product is found when every word occurs in its name, line or description, whatever the case and the accents.
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

    public bool Find(Product product)
    {
        var text = Fold($"{product.Name}\n{product.Line}\n{product.Description}");
        return Array.TrueForAll(_words, word => text.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Lower case, without accents.</summary>
    internal static string Fold(string text)
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
