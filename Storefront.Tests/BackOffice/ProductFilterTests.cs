using Storefront.Catalog;
using Storefront.Web.BackOffice.Pages.Products;

namespace Storefront.Tests.BackOffice;

/// <summary>From the address of the staff's list of goods to its rows.</summary>
public sealed class A_filter_of_the_staffs_goods
{
    private static readonly Product[] Goods =
    [
        Of(1, "Crème brûlée", "pantry", 500, stock: 40, bin: "A-01"),
        Of(2, "Apple tea", "teas", 300, stock: 5, bin: "B-02"),
        Of(3, "Zinnia", "seeds", 400, stock: 0, bin: "C-03"),
        Of(4, "Old lantern", "pantry", 900, stock: 2, bin: "A-04", isSold: false),
    ];

    [Theory]
    [InlineData(null, null, null, null, null, "1 2 3")]
    [InlineData("pantry", null, null, null, null, "1")]
    [InlineData(null, "true", null, null, null, "2 3")]
    [InlineData(null, null, "no", null, null, "4")]
    [InlineData(null, null, "either", null, "name", "2 1 4 3")]
    [InlineData(null, null, null, null, "price", "2 3 1")]
    [InlineData(null, null, null, null, "stock", "3 2 1")]
    [InlineData(null, null, null, "creme", null, "1")]
    [InlineData(null, null, null, "b-02", null, "2")]
    [InlineData(null, null, null, "3", null, "3")]
    [InlineData(null, null, null, "nowhere", null, "")]
    [InlineData("", "maybe", "what", " ", "upside-down", "1 2 3")]
    public void Finds_what_it_says_and_reads_its_own_address(string? category, string? low, string? archived, string? search, string? sort, string found)
    {
        var filter = ProductFilter.Read(category, low, archived, search, sort);

        string.Join(' ', filter.Of(Goods).Select(p => p.Id)).ShouldBe(found);
        var words = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.Address.Split('?') is [_, var query] ? query : "");
        ProductFilter.Read(words.GetValueOrDefault("category"), words.GetValueOrDefault("low"), words.GetValueOrDefault("archived"), words.GetValueOrDefault("q"), words.GetValueOrDefault("sort")).ShouldBe(filter);
    }

    private static Product Of(int id, string name, string category, long price, int stock, string bin, bool isSold = true) => new()
    {
        Id = id, Slug = $"thing-{(char)('a' + id)}", Name = name, CategoryId = category, PriceMinor = price, Stock = stock, Bin = bin, Line = "", Description = "", Details = [],
        ArchivedAt = isSold ? null : DateTimeOffset.UnixEpoch,
    };
}
