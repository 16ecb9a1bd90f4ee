using System.Net;
using System.Text.Json;

namespace Storefront.Tests.Api;

public sealed class The_api(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HEAD", "/order/7Q4M-X0ZB-K2TD", "GET")]
    [InlineData("PUT", "/order/7Q4M-X0ZB-K2TD", "DELETE")]
    [InlineData("GET", "/order", "POST")]
    [InlineData("DELETE", "/order", "POST")]
    [InlineData("POST", "/products", "GET")]
    public async Task Says_which_verbs_a_path_takes(string verb, string path, string takes)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(path, UriKind.Relative));
        using var answer = await fixture.Shop.Client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldContain(takes);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        if (verb != "HEAD")
        {
            (await answer.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(takes);
        }
    }

    [Fact]
    public async Task Lists_the_catalogue()
    {
        var products = await GetAsync("/products");
        products.GetArrayLength().ShouldBe(42);
        var tea = products.EnumerateArray().Single(p => p.GetProperty("id").GetInt32() == 2);
        tea.GetProperty("slug").GetString().ShouldBe("nettle-and-mint-tea");
        tea.GetProperty("price").GetRawText().ShouldBe("5.80");
        tea.GetProperty("currency").GetString().ShouldBe("EUR");
        tea.GetProperty("in_stock").GetBoolean().ShouldBeTrue();
        tea.GetProperty("stock").GetInt32().ShouldBePositive();
        using var picture = await fixture.Shop.Client.GetAsync(new Uri(tea.GetProperty("picture").GetString()!, UriKind.Relative), Cancellation);
        picture.StatusCode.ShouldBe(HttpStatusCode.OK);
        picture.Content.Headers.ContentType?.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Describes_every_path_with_every_answer()
    {
        var paths = (await GetAsync("/openapi/v1.json")).GetProperty("paths");
        Names(paths.GetProperty("/order").GetProperty("post").GetProperty("responses")).ShouldBe(["200", "201", "400", "409", "413", "415", "422", "429"], ignoreOrder: true);
        Names(paths.GetProperty("/order/{order_num}").GetProperty("get").GetProperty("responses")).ShouldBe(["200", "302", "404"], ignoreOrder: true);
        Names(paths.GetProperty("/order/{order_num}").GetProperty("delete").GetProperty("responses")).ShouldBe(["200", "403", "404", "409"], ignoreOrder: true);
        Names(paths).ShouldContain("/products");
        Names(paths).ShouldContain("/health/ready");
        var body = paths.GetProperty("/order").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Names(body.GetProperty("schema").GetProperty("properties")).ShouldBe(["customer_name", "products_ids", "email", "address", "note"], ignoreOrder: true);
        var description = paths.GetRawText();
        description.ShouldContain("Idempotency-Key");
        description.ShouldContain("Retry-After");
    }

    [Fact]
    public async Task Takes_the_example_of_its_own_description()
    {
        var post = (await GetAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/order").GetProperty("post");
        var example = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
        using var answer = await fixture.Shop.Client.PostOrderAsync(example);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var shown = post.GetProperty("responses").GetProperty("201").GetProperty("content").GetProperty("application/json").GetProperty("example");
        Names(await answer.JsonAsync()).ShouldBe(Names(shown));
    }

    [Fact]
    public async Task Answers_a_path_it_does_not_have_with_a_problem_and_a_page_that_is_not_there_with_a_page()
    {
        using var api = await fixture.Shop.Client.GetAsync(new Uri("/order/a/b", UriKind.Relative), Cancellation);
        (api.StatusCode, api.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.NotFound, "application/problem+json"));
        using var page = await fixture.Shop.Client.GetAsync(new Uri("/no/such/page", UriKind.Relative), Cancellation);
        (page.StatusCode, page.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.NotFound, "text/html"));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(p => p.Name);

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await fixture.Shop.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.JsonAsync();
    }
}
