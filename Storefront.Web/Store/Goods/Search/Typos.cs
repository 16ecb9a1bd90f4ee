using F23.StringSimilarity;

namespace Storefront.Web.Store.Goods.Search;

/// <summary>
/// How many slips of the finger lie between a typed word and a known one, as Damerau and Levenshtein count them: a letter too many, too few, another one,
/// or two neighbours that changed places.
/// </summary>
internal static class Typos
{
    /// <summary>From so many letters on, two slips are forgiven.</summary>
    public const int LongWord = 8;

    /// <summary>Shorter words are another word after one slip.</summary>
    private const int ShortestWord = 3;

    /// <summary>So many letters are enough to know a longer word by its beginning.</summary>
    private const int Beginning = 5;

    private static readonly Damerau Distance = new();

    /// <summary>How many slips are forgiven in a word of so many letters.</summary>
    public static int Allowed(int letters) => letters < ShortestWord ? 0 : letters < LongWord ? 1 : 2;

    /// <summary>The slips between a typed word and a known one or its beginning; null when they are more than are forgiven.</summary>
    public static int? Between(string typed, string known)
    {
        var allowed = Allowed(typed.Length);
        var slips = SlipsWithin(allowed, typed, known);
        if (typed.Length >= Beginning && known.Length > typed.Length)
        {
            slips = Math.Min(slips, SlipsWithin(allowed, typed, known[..typed.Length]));
        }

        return slips <= allowed ? slips : null;
    }

    // Words whose lengths differ by more cannot be near, and most are sorted out by that.
    private static int SlipsWithin(int allowed, string typed, string known) =>
        Math.Abs(typed.Length - known.Length) > allowed ? int.MaxValue : (int)Distance.Distance(typed, known);
}
