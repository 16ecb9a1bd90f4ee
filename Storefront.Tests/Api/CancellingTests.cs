using System.Net;
using System.Text.Json;
using Storefront.Orders;

namespace Storefront.Tests.Api;

public sealed class Cancelling_an_order(TestShopFixture fixture) : IClassFixture<TestShopFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => fixture.Shop;

    [Fact]
    public async Task With_its_key_ends_it_and_puts_the_goods_back()
    {
        var before = await Shop.StockAsync(4);
        var (number, key) = await PlaceAsync();
        (await Shop.StockAsync(4)).ShouldBe(before - 1);
        await Shop.WorkAsync(Number(number), tell: true, Department.Warehouse);

        using var answer = await DeleteAsync(number, key);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var order = await answer.JsonAsync();
        order.GetProperty("status").GetString().ShouldBe("cancelled");
        order.GetProperty("completed_at").ValueKind.ShouldBe(JsonValueKind.Null);
        order.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("text").GetString()).ShouldContain("Order cancelled by the customer");
        order.GetProperty("tasks").EnumerateArray().Select(t => $"{t.GetProperty("department")} {t.GetProperty("action")} {t.GetProperty("state")}").ShouldBe(
            ["sales do cancelled", "marketing do cancelled", "warehouse do done", "warehouse undo waiting", "packing do cancelled", "shipping do cancelled"]);
        (await Shop.StockAsync(4)).ShouldBe(before);
    }

    [Fact]
    public async Task That_nobody_has_begun_completes_it_at_once()
    {
        var (number, key) = await PlaceAsync();
        using var answer = await DeleteAsync(number, key);
        (await answer.JsonAsync()).GetProperty("completed_at").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task Twice_changes_nothing_more()
    {
        var before = await Shop.StockAsync(4);
        var (number, key) = await PlaceAsync();
        using var first = await DeleteAsync(number, key);
        using var second = await DeleteAsync(number.Replace("-", "", StringComparison.Ordinal), key);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Content.ReadAsStringAsync(Cancellation)).ShouldBe(await first.Content.ReadAsStringAsync(Cancellation));
        (await Shop.StockAsync(4)).ShouldBe(before);
    }

    [Fact]
    public async Task Is_refused_once_packing_has_begun()
    {
        var (number, key) = await PlaceAsync();
        await Shop.WorkAsync(Number(number), tell: true, Department.Warehouse, Department.Packing);
        var stock = await Shop.StockAsync(4);

        using var answer = await DeleteAsync(number, key);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await answer.JsonAsync()).GetProperty("detail").GetString().ShouldBe($"Order {number} cannot be cancelled any more: packing has begun.");
        (await Shop.StockAsync(4)).ShouldBe(stock);
        (await Shop.FindAsync(Number(number))).Status.ShouldBe(OrderStatus.Packed);
    }

    [Theory]
    [InlineData(null, "Order-Key is missing")]
    [InlineData("", "Order-Key is not the key")]
    [InlineData("0123456789abcdef0123456789abcdef", "Order-Key is not the key")]
    public async Task Without_its_key_is_refused(string? key, string says)
    {
        var (number, _) = await PlaceAsync();
        using var answer = await DeleteAsync(number, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(says);
        (await Shop.FindAsync(Number(number))).Version.ShouldBe(1);
    }

    [Fact]
    public async Task With_the_key_of_another_order_is_refused()
    {
        var (mine, _) = await PlaceAsync();
        var (_, theirs) = await PlaceAsync();
        using var answer = await DeleteAsync(mine, theirs);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("7Q4M-X0ZB-K2TD")]
    [InlineData("nonsense")]
    public async Task That_does_not_exist_is_a_404(string number)
    {
        using var answer = await DeleteAsync(number, "0123456789abcdef0123456789abcdef");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static OrderNumber Number(string text) => OrderNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    private async Task<(string Number, string Key)> PlaceAsync()
    {
        using var placed = await Shop.Client.PostOrderAsync("""{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""");
        var order = await placed.JsonAsync();
        return (order.GetProperty("order_num").GetString()!, order.GetProperty("order_key").GetString()!);
    }

    private async Task<HttpResponseMessage> DeleteAsync(string number, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"/order/{number}", UriKind.Relative));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Order-Key", key);
        }

        return await Shop.Client.SendAsync(request, Cancellation);
    }
}
