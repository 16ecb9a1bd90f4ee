using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>What tests ask of a shop again and again, by its HTTP interface and behind its counter.</summary>
public static class TestShopCalls
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends a body, word for word, to <c>POST /order</c>.</summary>
    public static async Task<HttpResponseMessage> PostOrderAsync(this HttpClient client, string body, string? key = null, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/order", UriKind.Relative)) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await client.SendAsync(request, Cancellation);
    }

    /// <summary>The body as JSON; whatever its status.</summary>
    public static Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    /// <summary>The messages of a problem's <c>errors</c> for a field.</summary>
    public static IReadOnlyList<string> ErrorsOf(this JsonElement problem, string field) =>
        [.. problem.GetProperty("errors").GetProperty(field).EnumerateArray().Select(m => m.GetString()!)];

    /// <summary>The fields a problem's <c>errors</c> names, in alphabetical order.</summary>
    public static IReadOnlyList<string> ErrorFields(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>Pieces of a product on the shelf.</summary>
    public static async Task<int> StockAsync(this TestShop shop, int product)
    {
        await using var db = shop.OpenDatabase();
        return await db.Products.Where(p => p.Id == product).Select(p => p.Stock).SingleAsync(Cancellation);
    }

    /// <summary>Has departments do their work on an order, one commit each, as if their messages had come.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="number">The order.</param>
    /// <param name="tell">Whether the news of it goes round; without, the hint was lost on the way.</param>
    /// <param name="departments">Who works, in this order.</param>
    public static async Task WorkAsync(this TestShop shop, OrderNumber number, bool tell, params Department[] departments)
    {
        var (writes, news) = (shop.Services.GetRequiredService<StoreWrites>(), shop.Services.GetRequiredService<OrderNews>());
        var time = shop.Services.GetRequiredService<TimeProvider>();
        foreach (var department in departments)
        {
            await writes.RunAsync(async (db, ct) =>
            {
                var order = await OrderRow.TakeAsync(db, number, ct);
                order.ShouldNotBeNull().Claim(department, time.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
                order.Finish(department, "done by a test", time.GetUtcNow(), out _).ShouldBeTrue();
                if (tell)
                {
                    news.Changed(db, order);
                }

                return await db.SaveChangesAsync(ct);
            }, Cancellation);
        }
    }
}
