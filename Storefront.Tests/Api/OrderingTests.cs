using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Orders;

namespace Storefront.Tests.Api;

public sealed class Ordering_by_the_api(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Fact]
    public async Task Takes_the_call_of_the_seed_word_for_word()
    {
        using var answer = await Shop.Client.PostOrderAsync("""{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var order = await answer.JsonAsync();
        order.EnumerateObject().Select(p => p.Name).ShouldBe(["order_num", "status", "price", "currency", "placed_at", "track_url", "order_key"]);
        var number = order.GetProperty("order_num").GetString()!;
        answer.Headers.Location.ShouldBe(new Uri($"/order/{number}", UriKind.Relative));
        order.GetProperty("status").GetString().ShouldBe("placed");
        order.GetProperty("price").GetRawText().ShouldBe("22.50");
        order.GetProperty("currency").GetString().ShouldBe("EUR");
        order.GetProperty("placed_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        order.GetProperty("track_url").GetString().ShouldBe(new Uri(Shop.Address, $"/track/{number}").ToString());
        OrderNumber.TryParse(number, out var parsed).ShouldBeTrue();
        Shop.Services.GetRequiredService<OrderKeys>().Matches(parsed, order.GetProperty("order_key").GetString()).ShouldBeTrue();
    }

    [Fact]
    public async Task Keeps_the_optional_fields_and_ignores_unknown_ones()
    {
        using var answer = await Shop.Client.PostOrderAsync(
            """
            {"customer_name": "Helgi", "product_ids": [2, 2.0], "email": "helgi@example.com", "note": "Ring\ntwice", "colour": {"of": "hare"},
             "address": {"street": "Hedge Lane 4", "city": "Burrow", "postcode": "101", "country": "Iceland", "floor": 3}}
            """);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        OrderNumber.TryParse((await answer.JsonAsync()).GetProperty("order_num").GetString(), out var number).ShouldBeTrue();
        await using var db = Shop.OpenDatabase();
        var order = await db.Orders.Include(o => o.Lines).SingleAsync(o => o.Number == number, Cancellation);
        order.Customer.ShouldBe(new Customer("Helgi", "helgi@example.com", "Ring\ntwice") { Address = new("Hedge Lane 4", "Burrow", "101", "Iceland") });
        order.Lines.Single().Quantity.ShouldBe(2);
        order.Source.ShouldBe(OrderSource.Api);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/vnd.shop+json")]
    public async Task Takes_whatever_is_json_content(string type)
    {
        using var answer = await Shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""", type: type);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Takes_a_byte_order_mark_for_what_it_is()
    {
        using var answer = await Shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""".Insert(0, "\uFEFF"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Takes_a_body_of_64_KiB_and_no_byte_more()
    {
        var order = """{"customer_name": "Helgi", "products_ids": [2]}""";
        using var fits = await Shop.Client.PostOrderAsync(order.PadRight(64 * 1024));
        fits.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var over = await Shop.Client.PostOrderAsync(order.PadRight((64 * 1024) + 1));
        over.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task Tells_too_large_also_to_one_who_does_not_say_how_much_comes(int kibibytes)
    {
        using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("".PadRight(kibibytes * 1024))));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/order", UriKind.Relative)) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Shop.Client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("64 KiB");
    }

    [Fact]
    public async Task Says_what_is_sold_out_and_what_is_left_for_people_and_for_programs()
    {
        await using (var db = Shop.OpenDatabase())
        {
            await db.Products.Where(p => p.Id == 5 || p.Id == 6).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Id - 5), Cancellation);
        }

        using var answer = await Shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "product_ids": [5, 2, 6, 6]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await answer.JsonAsync();
        problem.GetProperty("sold_out").EnumerateArray()
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.GetProperty("product_id")}: {s.GetProperty("left")} of {s.GetProperty("wanted")}")).ShouldBe(["5: 0 of 1", "6: 1 of 2"]);
        problem.ErrorsOf("product_ids").Count.ShouldBe(2);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(problem.GetProperty("sold_out")[0].GetProperty("name").GetString()!);
    }
}
