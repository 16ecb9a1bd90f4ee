using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Api;

public sealed class A_bad_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private const string Good = """{"customer_name": "Helgi", "products_ids": [2]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not json")]
    [InlineData("{'customer_name': 'Helgi Möller', 'products_ids': [2, 4 , 42]}")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2]""")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2]} {}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("""{"customer_name": "half a pair \ud83d", "products_ids": [2]}""")]
    public Task That_is_no_json_object_is_a_400(string body) => RefusedAsync(body, HttpStatusCode.BadRequest);

    [Fact]
    public async Task Nested_deeper_than_anybody_reads_is_a_400() =>
        await RefusedAsync($$"""{"customer_name": "Helgi", "products_ids": [2], "x": {{new string('[', 500)}}{{new string(']', 500)}}}""", HttpStatusCode.BadRequest);

    [Fact]
    public async Task That_is_not_utf8_is_a_400()
    {
        using var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes("""{"customer_name": "Helgi M"""), 0xF6, .. Encoding.ASCII.GetBytes("""ller", "products_ids": [2]}""")]);
        content.Headers.ContentType = new("application/json");
        using var answer = await Shop.Client.PostAsync(new Uri("/order", UriKind.Relative), content, Cancellation);
        await ProblemAsync(answer, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"customer_name": 42, "products_ids": "2"}""", "customer_name products_ids")]
    [InlineData("""{"customer_name": null, "products_ids": null}""", "customer_name products_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2, "4", null, 1.5, {}, true]}""", "products_ids")]
    [InlineData("""{"customer_name": "Helgi", "product_ids": ["4"]}""", "product_ids")]
    [InlineData("""{"customer_name": ["Helgi"], "product_ids": {}, "email": 1, "note": false, "address": "Burrow"}""", "address customer_name email note product_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2], "address": {"street": 4, "city": [], "postcode": 101, "country": null}}""",
        "address.city address.country address.postcode address.street")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2], "products_ids": [4]}""", "products_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2], "address": {"street": "a", "street": "b", "city": "c", "postcode": "d", "country": "e"}}""", "address.street")]
    [InlineData("""{"customer_name": " ", "products_ids": [], "note": 1}""", "customer_name note products_ids")]
    public async Task With_wrong_types_is_a_400_that_names_every_field(string body, string fields) =>
        (await RefusedAsync(body, HttpStatusCode.BadRequest)).ErrorFields().ShouldBe(fields.Split(' '));

    [Theory]
    [InlineData("{}", "customer_name products_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": []}""", "products_ids")]
    [InlineData("""{"customer_name": "Helgi", "product_ids": []}""", "product_ids")]
    [InlineData("""{"customer_name": "Helgi", "product_ids": [2], "products_ids": [2]}""", "product_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2, 777]}""", "products_ids")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [0, -1, 99999999999, 1e30]}""", "products_ids")]
    [InlineData("""{"customer_name": "\t \u2003", "products_ids": [2]}""", "customer_name")]
    [InlineData("""{"customer_name": "Hel\u0000gi", "products_ids": [2]}""", "customer_name")]
    [InlineData("""{"customer_name": "Helgi", "products_ids": [2], "email": "nobody"}""", "email")]
    [InlineData("""{"customer_name": "", "products_ids": [777], "email": "a@b@c", "address": {"street": " "}}""",
        "address.city address.country address.postcode address.street customer_name email products_ids")]
    public async Task That_is_understood_but_impossible_is_a_422_that_names_every_field(string body, string fields) =>
        (await RefusedAsync(body, HttpStatusCode.UnprocessableEntity)).ErrorFields().ShouldBe(fields.Split(' '));

    [Fact]
    public async Task Names_every_unknown_product_as_it_was_sent() =>
        (await RefusedAsync("""{"customer_name": "Helgi", "products_ids": [777, 2, 99999999999, 778]}""", HttpStatusCode.UnprocessableEntity))
            .ErrorsOf("products_ids").ShouldBe(["there is no product 99999999999.", "there is no product 777.", "there is no product 778."]);

    [Fact]
    public async Task With_too_long_texts_and_too_many_products_is_a_422()
    {
        var ids = string.Join(",", Enumerable.Range(1, 101));
        var problem = await RefusedAsync($$"""{"customer_name": "{{new string('x', 201)}}", "products_ids": [{{ids}}], "note": "{{new string('x', 1001)}}"}""", HttpStatusCode.UnprocessableEntity);
        problem.ErrorFields().ShouldBe(["customer_name", "note", "products_ids"]);
        problem.ErrorsOf("products_ids").ShouldBe(["must name at most 100 products."]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task That_is_not_json_content_is_a_415(string type)
    {
        using var answer = await Shop.Client.PostOrderAsync(Good, type: type);
        await ProblemAsync(answer, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task With_a_key_of_the_wrong_length_is_a_400(int length)
    {
        using var answer = await Shop.Client.PostOrderAsync("""{"customer_name": 4, "products_ids": [2]}""", new string('k', length));
        (await ProblemAsync(answer, HttpStatusCode.BadRequest)).ErrorFields().ShouldBe(["Idempotency-Key", "customer_name"]);
    }

    [Fact]
    public async Task With_the_longest_key_is_none()
    {
        using var answer = await Shop.Client.PostOrderAsync(Good, new string('k', 200));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<JsonElement> RefusedAsync(string body, HttpStatusCode status)
    {
        var before = await OrdersAsync();
        using var answer = await Shop.Client.PostOrderAsync(body);
        var problem = await ProblemAsync(answer, status);
        (await OrdersAsync()).ShouldBe(before, "nothing is stored");
        return problem;
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.JsonAsync();
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldEndWith(".");
        return problem;
    }

    private async Task<int> OrdersAsync()
    {
        await using var db = Shop.OpenDatabase();
        return await db.Orders.CountAsync(Cancellation);
    }
}
