using System.Net;
using System.Text.Json;
using Storefront.Orders;

namespace Storefront.Tests.Api;

public sealed class Looking_an_order_up(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Fact]
    public async Task Shows_goods_tasks_and_history_and_nothing_personal()
    {
        using var placed = await Shop.Client.PostOrderAsync(
            """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42], "email": "helgi@example.com", "address": {"street": "Hedge Lane 4", "city": "Burrow", "postcode": "101", "country": "Iceland"}}""");
        var number = (await placed.JsonAsync()).GetProperty("order_num").GetString()!;
        OrderNumber.TryParse(number, out var parsed).ShouldBeTrue();
        await Shop.WorkAsync(parsed, tell: true, Department.Warehouse);

        using var answer = await GetAsync($"/order/{number}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        answer.Headers.Vary.ShouldBe(["Accept"]);
        var order = await answer.JsonAsync();
        Names(order).ShouldBe(["order_num", "status", "needs_attention", "price", "currency", "placed_at", "completed_at", "version", "lines", "tasks", "history"]);
        Names(order.GetProperty("lines")[0]).ShouldBe(["product_id", "name", "quantity", "price"]);
        Names(order.GetProperty("tasks")[0]).ShouldBe(["department", "action", "state", "attempts", "queued_at", "started_at", "finished_at"]);
        Names(order.GetProperty("history")[0]).ShouldBe(["seq", "at", "kind", "text"]);
        order.GetProperty("status").GetString().ShouldBe("picked");
        order.GetProperty("version").GetInt64().ShouldBe(2);
        order.GetProperty("completed_at").ValueKind.ShouldBe(JsonValueKind.Null);
        order.GetProperty("tasks").EnumerateArray().Select(t => $"{t.GetProperty("department")} {t.GetProperty("state")}")
            .ShouldBe(["sales waiting", "marketing waiting", "warehouse done", "packing waiting", "shipping waiting"]);
        order.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("text").GetString())
            .ShouldBe(["Order placed", "The warehouse printed the pick list", "Goods picked"]);
        foreach (var secret in new[] { "Helgi", "example.com", "Hedge Lane", "Burrow", "Iceland" })
        {
            order.GetRawText().ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Reads_the_number_in_any_case_without_dashes()
    {
        var number = (await Shop.PlaceAsync(Cancellation, 2)).ToString();
        using var answer = await GetAsync($"/order/{number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}");
        (await answer.JsonAsync()).GetProperty("order_num").GetString().ShouldBe(number);
    }

    [Theory]
    [InlineData("7Q4M-X0ZB-K2TD")]
    [InlineData("nonsense")]
    [InlineData("%F0%9F%90%87")]
    public async Task Is_a_404_when_there_is_none(string number)
    {
        using var answer = await GetAsync($"/order/{number}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        (await answer.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData("text/html", true)]
    [InlineData("text/*, application/json;q=0.5", true)]
    [InlineData("*/*", false)]
    [InlineData("application/json, text/html", false)]
    [InlineData("application/json, text/html;q=0.9", false)]
    [InlineData("text/html;q=0, */*", false)]
    [InlineData("nonsense;;", false)]
    public async Task Sends_browsers_to_the_page_and_programs_not(string accept, bool page)
    {
        var number = await Shop.PlaceAsync(Cancellation, 2);
        using var answer = await GetAsync($"/order/{number.ToString().ToLowerInvariant()}", accept);
        answer.StatusCode.ShouldBe(page ? HttpStatusCode.Redirect : HttpStatusCode.OK);
        answer.Headers.Location.ShouldBe(page ? new Uri($"/track/{number}", UriKind.Relative) : null);
        answer.Headers.Vary.ShouldBe(["Accept"]);
    }

    [Fact]
    public async Task Never_sends_a_browser_to_another_site()
    {
        using var answer = await GetAsync("/order/%2F%2Fexample.com%2F..%2F%0d%0ax", "text/html");
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldStartWith("/track/%25");
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(p => p.Name);

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await Shop.Client.SendAsync(request, Cancellation);
    }
}
