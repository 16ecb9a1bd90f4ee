using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

public sealed class Placing_an_order_with_a_key
{
    private const string Order = """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twice_with_the_same_key_yields_one_order_with_its_status_as_it_is_now()
    {
        await using var shop = await TestShop.OpenAsync();
        using var first = await shop.Client.PostOrderAsync(Order, "k1");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        var order = await first.JsonAsync();
        OrderNumber.TryParse(order.GetProperty("order_num").GetString(), out var number).ShouldBeTrue();
        await shop.WorkAsync(number, tell: true, Department.Warehouse);

        // The same request, written differently.
        using var second = await shop.Client.PostOrderAsync("""{"product_ids":[42,4,2], "customer_name":"  Helgi Möller", "note": null}""", "k1");
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await second.JsonAsync();
        again.GetProperty("status").GetString().ShouldBe("picked");
        foreach (var same in new[] { "order_num", "price", "currency", "placed_at", "track_url", "order_key" })
        {
            again.GetProperty(same).ToString().ShouldBe(order.GetProperty(same).ToString());
        }

        (await OrdersAsync(shop)).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_times_at_once_yields_one_order()
    {
        await using var shop = await TestShop.OpenAsync();
        var before = await shop.StockAsync(2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var answer = await shop.Client.PostOrderAsync(Order, "all at once");
            return (answer.StatusCode, Number: (await answer.JsonAsync()).GetProperty("order_num").GetString());
        }));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(49);
        answers.Select(a => a.Number).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await OrdersAsync(shop)).ShouldBe(1);
        (await shop.StockAsync(2)).ShouldBe(before - 1);
    }

    [Fact]
    public async Task Refuses_the_key_for_another_request()
    {
        await using var shop = await TestShop.OpenAsync();
        using var first = await shop.Client.PostOrderAsync(Order, "k1");
        using var second = await shop.Client.PostOrderAsync("""{"customer_name": "Helgi Möller", "products_ids": [2, 4]}""", "k1");
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await second.JsonAsync();
        problem.ErrorFields().ShouldBe(["Idempotency-Key"]);
        problem.ToString().ShouldNotContain((await first.JsonAsync()).GetProperty("order_num").GetString()!);
        (await OrdersAsync(shop)).ShouldBe(1);
    }

    [Fact]
    public async Task Frees_the_key_of_a_refused_request()
    {
        await using var shop = await TestShop.OpenAsync();
        using var refused = await shop.Client.PostOrderAsync("""{"customer_name": "Helgi Möller", "products_ids": [777]}""", "k1");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var accepted = await shop.Client.PostOrderAsync(Order, "k1");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Remembers_the_key_for_a_day_and_then_forgets_it()
    {
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(_time));
        using var first = await shop.Client.PostOrderAsync(Order, "k1");
        _time.Advance(UsedKey.Lifetime);
        using var within = await shop.Client.PostOrderAsync(Order, "k1");
        within.StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromTicks(1));
        using var after = await shop.Client.PostOrderAsync(Order, "k1");
        after.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await OrdersAsync(shop)).ShouldBe(2);
    }

    [Fact]
    public async Task Takes_expired_keys_of_others_along()
    {
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(_time));
        foreach (var key in new[] { "old 1", "old 2" })
        {
            (await shop.Client.PostOrderAsync(Order, key)).Dispose();
        }

        _time.Advance(UsedKey.Lifetime + TimeSpan.FromMinutes(1));
        (await shop.Client.PostOrderAsync(Order, "new")).Dispose();
        await using var db = shop.OpenDatabase();
        (await db.UsedKeys.Select(k => k.Key).ToListAsync(Cancellation)).ShouldBe(["api:new"]);
    }

    private static async Task<int> OrdersAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.Orders.CountAsync(Cancellation);
    }
}
