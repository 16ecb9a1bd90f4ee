using CsCheck;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Tests.Store;

/// <summary>What counts as a slip of the finger, for any word.</summary>
public sealed class A_typing_error
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char['a', 'z'], 3, 20];

    private static readonly Gen<string> LongWord = Gen.String[Gen.Char['a', 'z'], Typos.LongWord + 2, 20];

    /// <summary>One slip: leave out, double, replace, or swap with the next.</summary>
    private static readonly Gen<Func<string, string>> Slip = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], Gen.Char['a', 'z']).Select((kind, place, letter) => new Func<string, string>(word =>
    {
        var at = place % (word.Length - 1);
        return kind switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, letter.ToString()),
            2 => string.Concat(word.AsSpan(0, at), letter.ToString(), word.AsSpan(at + 1)),
            _ => string.Concat(word.AsSpan(0, at), word[at + 1].ToString(), word[at].ToString(), word.AsSpan(at + 2)),
        };
    }));

    [Fact]
    public void Is_none_between_a_word_and_itself() => Word.Sample(word => Typos.Between(word, word) == 0);

    [Fact]
    public void Is_forgiven_once_in_every_word() => Gen.Select(Word, Slip).Sample((word, slip) => slip(word).Length < 3 || Typos.Between(slip(word), word) is 0 or 1);

    [Fact]
    public void Is_forgiven_twice_in_a_long_word() =>
        Gen.Select(LongWord, Slip, Slip).Sample((word, first, second) => Typos.Between(second(first(word)), word) is <= 2);

    [Fact]
    public void Is_not_forgiven_twice_in_a_short_word() => Gen.Select(Gen.String[Gen.Char['a', 'm'], 3, 4], Gen.Char['n', 'z'], Gen.Char['n', 'z'])
        .Sample((word, one, other) => Typos.Between($"{one}{other}{word[2..]}", word) is null);

    [Fact]
    public void Is_counted_never_beyond_what_is_forgiven() =>
        Gen.Select(Word, Word).Sample((typed, known) => Typos.Between(typed, known) is not { } slips || slips <= Typos.Allowed(typed.Length));

    [Theory]
    [InlineData("jma", "jam", 1)]
    [InlineData("brambel", "bramble", 1)]
    [InlineData("wildblumne", "wildblumensamen", 1)]
    [InlineData("te", "tea", null)]
    [InlineData("honig", "hoonnig", null)]
    public void Is_one_for_two_letters_that_changed_places_and_a_beginning_is_enough(string typed, string known, int? slips) => Typos.Between(typed, known).ShouldBe(slips);
}
