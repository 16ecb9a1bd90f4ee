using Storefront.Catalog;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

public sealed class A_search
{
    private static readonly Product Jam = new()
    {
        Id = 1, Slug = "jam", Name = "Brambleberry Crème", CategoryId = "pantry", PriceMinor = 650, Stock = 3, Bin = "A1",
        Line = "Cooked slowly in Reykjavík.", Description = "Straße und Smørrebrød, with a śmietana note.", Details = [],
    };

    [Theory]
    [InlineData("bramble")]
    [InlineData("BRAMBLE")]
    [InlineData("creme")]
    [InlineData("CRÈME")]
    [InlineData("cre\u0300me")]
    [InlineData("reykjavik")]
    [InlineData("strasse")]
    [InlineData("smorrebrod")]
    [InlineData("smietana")]
    [InlineData("  slowly   bramble ")]
    [InlineData("")]
    public void Finds_by_name_line_and_description_whatever_case_and_accents(string typed) => new SearchWords(typed).Find(Jam).ShouldBeTrue();

    [Theory]
    [InlineData("lantern")]
    [InlineData("bramble lantern")]
    public void Wants_every_word(string typed) => new SearchWords(typed).Find(Jam).ShouldBeFalse();

    [Fact]
    public void Of_any_length_is_cut() => new SearchWords(new string('a', 5000)).Text.Length.ShouldBe(SearchWords.MaxLength);
}
