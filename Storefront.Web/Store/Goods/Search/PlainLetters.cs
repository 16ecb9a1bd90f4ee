using System.Globalization;
using System.Text;

namespace Storefront.Web.Store.Goods.Search;

/// <summary>Texts as they are compared: lower case, without accents, word by word.</summary>
internal static class PlainLetters
{
    // With invariant globalization, string.Normalize does not take letters apart; these are the ones Latin scripts use.
    private const string Accented = "àáâãäåāăąçćĉċčďđðèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżž";
    private const string Plain = "aaaaaaaaacccccdddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";

    /// <summary>Lower case, without accents.</summary>
    public static string Of(ReadOnlySpan<char> text)
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

    /// <summary>The words of a text: as they are compared, and as they stand in it. Whatever is neither letter nor figure parts them.</summary>
    public static IEnumerable<(string Plain, string Spelled)> Words(string text)
    {
        for (var (from, at) = (-1, 0); at <= text.Length; at++)
        {
            var isInWord = at < text.Length && (char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark);
            if (isInWord && from < 0)
            {
                from = at;
            }
            else if (!isInWord && from >= 0)
            {
                // A mark that stands alone is no word.
                if (Of(text.AsSpan(from, at - from)) is { Length: > 0 } plain)
                {
                    yield return (plain, text[from..at]);
                }

                from = -1;
            }
        }
    }
}
