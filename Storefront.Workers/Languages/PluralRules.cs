using System.Globalization;

namespace Storefront.Languages;

/// <summary>
/// Which plural form a language takes for a whole number. The rules are written as the Unicode CLDR writes them (UTS #35, "Language Plural Rules"),
/// so that those of any language can be copied from there: <c>n % 10 = 1 and n % 100 != 11</c>.
/// </summary>
internal sealed class PluralRules
{
    private readonly (string Form, Func<long, bool> Fits)[] _rules;

    /// <param name="rules">Form and condition; what fits none is <c>other</c>.</param>
    /// <exception cref="InvalidDataException">A condition cannot be read.</exception>
    public PluralRules(IReadOnlyDictionary<string, string> rules) => _rules = [.. rules.Select(r => (r.Key, Any(r.Value)))];

    public string FormOf(long count)
    {
        foreach (var (form, fits) in _rules)
        {
            if (fits(Math.Abs(count)))
            {
                return form;
            }
        }

        return Phrase.Other;
    }

    private static Func<long, bool> Any(string condition)
    {
        var choices = condition.Split(" or ").Select(All).ToArray();
        return n => Array.Exists(choices, c => c(n));
    }

    private static Func<long, bool> All(string condition)
    {
        var relations = condition.Split(" and ").Select(Relation).ToArray();
        return n => Array.TrueForAll(relations, r => r(n));
    }

    // i % 10 = 2..4,7
    private static Func<long, bool> Relation(string text)
    {
        var isEqual = !text.Contains("!=", StringComparison.Ordinal);
        if (text.Split(isEqual ? "=" : "!=", StringSplitOptions.TrimEntries) is not [var left, var right])
        {
            throw new InvalidDataException($"The plural rule '{text.Trim()}' has no '=' or '!='.");
        }

        var (operand, modulus) = left.Split('%', StringSplitOptions.TrimEntries) is [var o, var m] ? (o, Number(m)) : (left, long.MaxValue);
        var ranges = right.Split(',').Select(Range).ToArray();
        return operand switch
        {
            "n" or "i" => n => Array.Exists(ranges, r => n % modulus >= r.From && n % modulus <= r.To) == isEqual,
            // The digits after the point: a whole number has none.
            "v" or "w" or "f" or "t" or "c" or "e" => _ => Array.Exists(ranges, r => r.From == 0) == isEqual,
            _ => throw new InvalidDataException($"The plural rule '{text.Trim()}' asks for '{operand}'; it can ask for n, i, v, w, f, t, c or e."),
        };
    }

    private static (long From, long To) Range(string text) =>
        text.Split("..") is [var from, var to] ? (Number(from), Number(to)) : (Number(text), Number(text));

    private static long Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidDataException($"'{text.Trim()}' in a plural rule is no whole number.");
}
