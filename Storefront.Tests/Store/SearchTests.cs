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
    public void Finds_by_name_line_and_description_whatever_case_and_accents(string typed) => new SearchWords(typed).Find([Jam]).ShouldBe([Jam]);

    [Theory]
    [InlineData("lantern")]
    [InlineData("bramble lantern")]
    public void Wants_every_word(string typed) => new SearchWords(typed).Find([Jam]).ShouldBeEmpty();

    [Fact]
    public void Finds_inside_a_name_but_only_the_beginnings_of_words_in_a_sentence()
    {
        new SearchWords("berry").Find([Jam]).ShouldBe([Jam]);
        new SearchWords("lowly").Find([Jam]).ShouldBeEmpty();
    }

    [Fact]
    public void Puts_those_first_whose_name_says_it()
    {
        var catalogue = CatalogueFile.Read(null).Products.Select(p => new Product
        {
            Id = p.Id, Slug = p.Slug, Name = p.Name, CategoryId = p.Category, PriceMinor = 1, Stock = 1, Bin = p.Bin, Line = p.Line, Description = p.Description, Details = [],
        });

        var found = new SearchWords("tea").Find(catalogue).Select(p => p.Name).ToList();

        found.Take(3).ShouldBe(["Nettle & Mint Tea", "Lime Blossom Tea", "Two-Cup Teapot"]);
        found.ShouldNotContain("Willow Trug");
    }

    [Fact]
    public void Of_any_length_is_cut() => new SearchWords(new string('a', 5000)).Text.Length.ShouldBe(SearchWords.MaxLength);
}
