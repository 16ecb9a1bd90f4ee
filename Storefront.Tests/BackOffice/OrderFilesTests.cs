using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Tests.Account;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Tests.BackOffice;

public sealed class What_the_staff_takes_away(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private readonly TestShop _shop = fixture.Shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Möller, Helgi", "\"Möller, Helgi\"")]
    [InlineData("say \"hop\"", "\"say \"\"hop\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("", "")]
    public void A_cell_is_text_to_every_spreadsheet(string text, string cell) => Csv.Cell(text).ShouldBe(cell);

    [Fact]
    public async Task The_list_comes_as_a_file_with_what_its_filter_finds_and_nothing_that_calculates()
    {
        using var staff = _shop.NewClient();
        await staff.SignedInAsync();
        var mine = await PlaceAsync("=cmd|' /C calc'!A0");
        var other = await PlaceAsync("Hazel, \"the\" Rabbit");

        using var answer = await staff.GetAsync(new Uri("/backoffice/orders.csv?q=%3Dcmd", UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldStartWith("orders-");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines[0].ShouldStartWith("order,status,needs_attention,source,");
        lines[1].ShouldStartWith($"{mine},placed,no,shop,,");
        lines[1].ShouldContain(",'=cmd|' /C calc'!A0,");
        lines[2].ShouldBeEmpty();
        (await staff.GetStringAsync(new Uri("/backoffice/orders.csv", UriKind.Relative), Cancellation)).ShouldContain($"{other},placed,no,shop,,");
    }

    [Fact]
    public async Task The_file_holds_every_order_once_though_it_is_read_bit_by_bit()
    {
        var numbers = new List<OrderNumber>();
        for (var i = 0; i < 11; i++)
        {
            numbers.Add(await PlaceAsync("Bit by bit"));
        }

        var csv = new OrderCsv(_shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), TimeProvider.System) { AtOnce = 3 };
        using var file = new MemoryStream();
        await csv.WriteAsync(OrderFilter.Read(QueryHelpers.ParseQuery("?q=bit%20by&sort=oldest")), file, Cancellation);

        Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[1..^1].Select(l => l.Split(',')[0]).ShouldBe(numbers.Select(n => n.ToString()));
    }

    [Fact]
    public async Task A_pick_list_is_made_anew_where_none_was_printed_and_the_printed_one_otherwise()
    {
        using var staff = _shop.NewClient();
        await staff.SignedInAsync();
        var number = await PlaceAsync("Helgi Möller");
        var path = new Uri($"/backoffice/orders/{number}/pick-list.pdf", UriKind.Relative);

        using (var made = await staff.GetAsync(path, Cancellation))
        {
            made.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            (await made.Content.ReadAsByteArrayAsync(Cancellation))[..5].ShouldBe("%PDF-"u8.ToArray());
        }

        var spool = Path.Combine(_shop.DataFolder, "spool", $"{number}.warehouse");
        Directory.CreateDirectory(Path.GetDirectoryName(spool)!);
        await File.WriteAllTextAsync(spool + ".pdf", "%PDF- as printed", Cancellation);
        (await staff.GetStringAsync(path, Cancellation)).ShouldNotBe("%PDF- as printed", "without its ticket it may be half a file");
        await File.WriteAllTextAsync(spool + ".job", "{}", Cancellation);
        (await staff.GetStringAsync(path, Cancellation)).ShouldBe("%PDF- as printed");

        using var missing = await staff.GetAsync(new Uri("/backoffice/orders/7Q4M-X0ZB-K2TD/pick-list.pdf", UriKind.Relative), Cancellation);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/backoffice/orders.csv")]
    [InlineData("/backoffice/orders/7Q4M-X0ZB-K2TD/pick-list.pdf")]
    public async Task Nobody_else_gets_any_of_it(string path)
    {
        using var answer = await _shop.NewClient().GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldStartWith("/signin");
    }

    private async Task<OrderNumber> PlaceAsync(string name) =>
        (await _shop.Services.GetRequiredService<PlaceOrder>().RunAsync(new(new Customer(name), OrderRequest.CountIds([2])), OrderSource.Shop, null, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
}
