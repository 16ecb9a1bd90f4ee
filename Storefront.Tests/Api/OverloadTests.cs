using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;

namespace Storefront.Tests.Api;

/// <summary>More customers than the shop can write down orders for.</summary>
public sealed class When_too_many_order_at_once
{
    private const string Order = """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_one_is_told_at_once_when_to_come_back_and_those_before_are_served()
    {
        await using var shop = await TestShop.OpenAsync();
        var client = shop.Client;
        var writes = shop.Services.GetRequiredService<StoreWrites>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(1, StoreWrites.MostCustomers).Select(_ => writes.RunForCustomerAsync(async (db, ct) =>
        {
            await gate.Task;
            db.Discard();
            return true;
        }, Cancellation)).ToList();

        using var refused = await client.PostOrderAsync(Order, key: "mine");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await refused.JsonAsync()).GetProperty("detail").GetString()!.ShouldContain("Try again in a second; nothing was ordered.");
        waiting.ShouldAllBe(w => !w.IsCompleted);

        gate.SetResult();
        (await Task.WhenAll(waiting)).ShouldAllBe(done => done);
        using var accepted = await client.PostOrderAsync(Order, key: "mine");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
