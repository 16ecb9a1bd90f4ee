using Storefront.Catalog;
using Storefront.Web.Store.Goods.Search;

namespace Storefront.Tests.Store;

public sealed class A_search
{
    private static readonly Product Jam = new()
    {
        Id = 1, Slug = "jam", Name = "Brambleberry Crème", CategoryId = "pantry", PriceMinor = 650, Stock = 3, Bin = "A1",
        Line = "Cooked slowly in Reykjavík.", Description = "Straße und Smørrebrød, with a śmietana note.", Details = new() { ["Net weight"] = "240 g" },
    };

    private static readonly CatalogueFile File = CatalogueFile.Read(null);

    private static readonly GoodsIndex Hopwick = new(
        [.. File.Categories.Select((c, i) => new Category { Id = c.Id, Name = c.Name, Line = c.Line, Position = i })],
        [.. File.Products.Select(p => new Product
        {
            Id = p.Id, Slug = p.Slug, Name = p.Name, CategoryId = p.Category, PriceMinor = 1, Stock = 1, Bin = p.Bin, Line = p.Line, Description = p.Description, Details = p.Details ?? [],
        })]);

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
    [InlineData("larder")]
    [InlineData("weight 240")]
    [InlineData("  slowly,   bramble! ")]
    [InlineData("")]
    public void Finds_by_name_shelf_line_details_and_description_whatever_case_and_accents(string typed) => Found(typed).ShouldBe([Jam]);

    [Theory]
    [InlineData("lantern")]
    [InlineData("bramble lantern")]
    public void Wants_every_word(string typed) => Found(typed).ShouldBeEmpty();

    [Fact]
    public void Finds_inside_a_name_but_only_the_beginnings_of_words_in_a_sentence()
    {
        Found("berry").ShouldBe([Jam]);
        Found("kjavik").ShouldBeEmpty();
    }

    [Fact]
    public void Puts_those_first_whose_name_says_it()
    {
        var found = Named("tea");

        found.Take(3).ShouldBe(["Nettle & Mint Tea", "Lime Blossom Tea", "Two-Cup Teapot"]);
        found.ShouldNotContain("Willow Trug");
    }

    [Theory]
    [InlineData("brambel", "Bramble Jam")]
    [InlineData("bramlbe jam", "Bramble Jam")]
    [InlineData("lantren", "Lantern")]
    [InlineData("nettel tea", "Nettle & Mint Tea")]
    [InlineData("elderbery", "Elderberry")]
    [InlineData("eldrebery", "Elderberry")]
    public void Forgives_typing_errors(string typed, string name)
    {
        var found = Hopwick.Find(new SearchWords(typed));

        found.Products[0].Name.ShouldContain(name);
        found.Meant.ShouldNotBeNull();
    }

    [Fact]
    public void Says_what_may_have_been_meant_so_that_it_can_be_searched_for()
    {
        var found = Hopwick.Find(new SearchWords("BRAMBEL jam"));

        found.Meant.ShouldBe("Bramble jam");
        Hopwick.Find(new SearchWords(found.Meant)).Products.ShouldContain(found.Products[0]);
    }

    [Fact]
    public void Forgives_only_where_nothing_is_as_it_was_typed()
    {
        var literal = Hopwick.Find(new SearchWords("tea"));

        literal.Meant.ShouldBeNull();
        literal.Products.Count.ShouldBeLessThan(File.Products.Count / 2);
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("qxqxqxqxq")]
    [InlineData("xq")]
    public void Does_not_take_anything_for_something(string typed) => Hopwick.Find(new SearchWords(typed)).Products.ShouldBeEmpty();

    [Theory]
    [InlineData("bramble-jma", "bramble-jam")]
    [InlineData("brambel", "bramble-jam")]
    [InlineData("copper-dibbers-large", "copper-dibber")]
    public void Names_the_nearest_for_an_address_that_leads_nowhere(string address, string slug) =>
        Hopwick.Near(new SearchWords(address), 4).Select(p => p.Slug).First().ShouldBe(slug);

    [Fact]
    public void Names_no_more_than_it_may_and_nothing_for_nonsense()
    {
        Hopwick.Near(new SearchWords("tea jam seeds"), 4).Count.ShouldBe(4);
        Hopwick.Near(new SearchWords("qxqxqxqxq"), 4).ShouldBeEmpty();
    }

    [Fact]
    public void Of_any_length_is_cut()
    {
        new SearchWords(new string('a', 5000)).Text.Length.ShouldBe(SearchWords.MaxLength);
        new SearchWords("a b c d e f g h i j k").Words.Count.ShouldBe(SearchWords.MaxWords);
    }

    private static IReadOnlyList<Product> Found(string typed) =>
        new GoodsIndex([new Category { Id = "pantry", Name = "Larder", Line = "", Position = 0 }], [Jam]).Find(new SearchWords(typed)).Products;

    private static List<string> Named(string typed) => [.. Hopwick.Find(new SearchWords(typed)).Products.Select(p => p.Name)];
}
