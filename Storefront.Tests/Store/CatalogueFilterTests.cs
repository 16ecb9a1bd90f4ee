using CsCheck;
using Storefront.Catalog;
using Storefront.Web.Store.Catalogue;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>From the address to the goods on the page.</summary>
public sealed class A_filter_of_the_catalogue
{
    private static readonly Assortment Goods = new(
        [new() { Id = "teas", Name = "Teas", Line = "", Position = 0 }, new() { Id = "seeds", Name = "Seeds", Line = "", Position = 1 }],
        [.. Enumerable.Range(1, 60).Select(id => new Product
        {
            Id = id, Slug = $"thing-{id}", Name = $"{(char)('z' - (id % 20))} thing", CategoryId = id % 3 == 0 ? "seeds" : "teas", PriceMinor = id * 37 % 50 * 100, Stock = id % 4,
            Bin = "A", Line = "", Description = "", Details = [],
        })]);

    private static readonly Gen<string> Query = Gen.Select(
        Gen.Select(OneOf("", "q=thing", "q=%C3%A9%26"), OneOf("", "category=teas", "category=seeds", "category="), (a, b) => $"{a}&{b}"),
        Gen.Select(OneOf("", "price_from=5", "price_from=x", "price_from="), OneOf("", "price_to=20,50", "price_to=1", "price_to=-3"), (a, b) => $"{a}&{b}"),
        Gen.Select(OneOf("", "in_stock=1", "in_stock=maybe"), OneOf("", "sort=price", "sort=price-down", "sort=name", "sort=catalogue", "sort=nope"), (a, b) => $"{a}&{b}"),
        Gen.Select(OneOf("", "page=2", "page=1", "page=99", "page=-1", "page=x"), OneOf("", "lang=de", "lang=xx"), (a, b) => $"{a}&{b}"),
        (a, b, c, d) => "?" + string.Join('&', $"{a}&{b}&{c}&{d}".Split('&', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Written_as_an_address_reads_the_same_again() => Query.Sample(query =>
    {
        var address = Read(query).Address;

        CatalogueFilter.Tidied(Of(address)).ShouldBeNull("it is tidy already");
        Read(Of(address)).Address.ShouldBe(address);
        Shown(Read(Of(address))).ShouldBe(Shown(Read(query)));
    });

    [Fact]
    public void Tidied_means_the_same() => Query.Sample(query =>
        CatalogueFilter.Tidied(query) is not { } tidy || Read(Of(tidy)).Address == Read(query).Address);

    [Fact]
    public void Shows_every_product_that_fits_once_and_no_other() => Query.Sample(query =>
    {
        var filter = Read(query);
        var first = new Selection(filter with { Page = 1 }, Goods);
        var paged = Enumerable.Range(1, first.Pages).SelectMany(page => new Selection(filter with { Page = page }, Goods).Shown).ToList();

        paged.ShouldBeUnique();
        paged.ShouldBe(first.Found);
        paged.ShouldAllBe(p => (filter.Category == null || p.CategoryId == filter.Category.Id) && !(p.PriceMinor < filter.From.Minor) && !(p.PriceMinor > filter.To.Minor) && !(filter.InStock && p.Stock == 0));
        var others = Goods.Index.Find(filter.Search).Products.Except(paged);
        others.ShouldAllBe(p => (filter.Category != null && p.CategoryId != filter.Category.Id) || p.PriceMinor < filter.From.Minor || p.PriceMinor > filter.To.Minor || (filter.InStock && p.Stock == 0));
    });

    [Fact]
    public void Sorts_by_price_both_ways_and_by_name()
    {
        All("?sort=price").Select(p => p.PriceMinor).ShouldBeInOrder(SortDirection.Ascending);
        All("?sort=price-down").Select(p => p.PriceMinor).ShouldBeInOrder(SortDirection.Descending);
        All("?sort=name").Select(p => p.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        All("?q=thing&sort=catalogue").Select(p => p.Id).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Theory]
    [InlineData("12", 1200L)]
    [InlineData(" 12.5 ", 1250L)]
    [InlineData("12,50", 1250L)]
    [InlineData("0", 0L)]
    public void Reads_a_price_however_it_is_written(string typed, long minor)
    {
        PriceLimit.Read(typed).Minor.ShouldBe(minor);
        PriceLimit.Read(typed).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("twelve")]
    [InlineData("-1")]
    [InlineData("1.234")]
    [InlineData("1,234.50")]
    [InlineData("1e3")]
    [InlineData("99999999999999")]
    [InlineData("<script>")]
    public void Keeps_what_is_no_price_and_says_so(string typed)
    {
        var limit = PriceLimit.Read(typed);

        (limit.Text, limit.Minor, limit.Fault).ShouldBe((typed, null, PriceFault.Unreadable));
    }

    [Fact]
    public void Does_not_count_an_upper_price_below_the_lower_one()
    {
        var filter = Read("?price_from=20&price_to=10");

        (filter.From.Minor, filter.To.Minor, filter.To.Text, filter.To.Fault).ShouldBe((2000L, null, "10", PriceFault.BelowTheLower));
    }

    [Fact]
    public void Beyond_the_last_page_is_the_last_page() => new Selection(Read("?page=2147483647"), Goods).Filter.Page.ShouldBe(3);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static CatalogueFilter Read(string query) => CatalogueFilter.Read(query, Goods);

    private static string Of(string address) => address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "";

    private static IReadOnlyList<int> Shown(CatalogueFilter filter) => [.. new Selection(filter, Goods).Shown.Select(p => p.Id)];

    private static IReadOnlyList<Product> All(string query) => new Selection(Read(query), Goods).Found;
}
