using System.Net;
using Storefront.Tests.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Tests.BackOffice;

public sealed class A_cell_of_a_spreadsheet
{
    [Theory]
    [InlineData("Moth Notebook", "Moth Notebook")]
    [InlineData("", "")]
    [InlineData("Nettle, Mint", "\"Nettle, Mint\"")]
    [InlineData("the \"best\"", "\"the \"\"best\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    public void Is_quoted_where_it_has_to_be_and_never_a_formula(string text, string cell) => Csv.Cell(text).ShouldBe(cell);
}

public sealed class The_files_of_the_office
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_for_the_staff_alone()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var path in new[] { "/backoffice/marketing/products.csv", "/backoffice/marketing/hours.csv", "/backoffice/warehouse/pick-list/7Q4M-X0ZB-K2TD.pdf" })
        {
            using var answer = await shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Found, path);
        }
    }

    [Fact]
    public async Task Hold_what_marketing_counted()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation, 2, 2);
        await shop.CountAsync(number, Cancellation);
        using (await shop.Client.SignInAsync(TestShop.StaffPassword))
        {
        }

        using var products = await shop.Client.GetAsync(new Uri("/backoffice/marketing/products.csv?period=today", UriKind.Relative), Cancellation);
        products.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        products.Content.Headers.ContentDisposition!.FileName.ShouldBe("products-today.csv");
        var lines = (await products.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        lines[0].TrimStart('\uFEFF').ShouldBe("product_id,product,category,pieces,revenue");
        lines[1].ShouldMatch("^2,.+,2,[0-9]+[.][0-9]{2}$");
        lines.Length.ShouldBe(44, "the head, 42 products, and the end of the last line");

        var order = await shop.FindAsync(number);
        var hours = await shop.Client.GetStringAsync(new Uri("/backoffice/marketing/hours.csv?period=all", UriKind.Relative), Cancellation);
        hours.Split("\r\n")[1].ShouldBe($"{order.PlacedAt:yyyy-MM-dd'T'HH}:00Z,shop,1,2,{order.Price:0.00},0,0");
    }
}
