using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Storefront.Tests.Api;

public sealed class The_shops_health
{
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);
    private static readonly Uri Live = new("/health/live", UriKind.Relative);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_degraded_but_ready_while_only_the_broker_is_away()
    {
        await using var shop = await TestShop.OpenAsync();
        using var answer = await shop.Client.GetAsync(Ready, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = await answer.JsonAsync();
        health.GetProperty("status").GetString().ShouldBe("Degraded");
        var checks = health.GetProperty("checks");
        checks.GetProperty("database").GetProperty("status").GetString().ShouldBe("Healthy");
        checks.GetProperty("broker").GetProperty("status").GetString().ShouldBe("Degraded");
        checks.GetProperty("broker").GetProperty("description").GetString().ShouldNotBeNull().ShouldContain("away");
        using var order = await shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""");
        order.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Tells_how_long_messages_have_been_waiting()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(time));
        (await OutboxAsync(shop)).ShouldBe(("Healthy", 0));
        await shop.PlaceAsync(Cancellation, 2);
        time.Advance(TimeSpan.FromSeconds(90));
        (await OutboxAsync(shop)).ShouldBe(("Degraded", 90));
    }

    [Fact]
    public async Task Is_unready_but_alive_when_the_database_is_broken()
    {
        await using var shop = await TestShop.OpenAsync();
        await using (var db = shop.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE products RENAME TO lost", Cancellation);
        }

        using var ready = await shop.Client.GetAsync(Ready, Cancellation);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var health = await ready.JsonAsync();
        health.GetProperty("status").GetString().ShouldBe("Unhealthy");
        health.GetProperty("checks").GetProperty("database").GetProperty("status").GetString().ShouldBe("Unhealthy");
        using var live = await shop.Client.GetAsync(Live, Cancellation);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var order = await shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""");
        order.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        order.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await order.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("database");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Answers_load_balancers_that_only_want_the_head(string path)
    {
        await using var shop = await TestShop.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var answer = await shop.Client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(string? Status, double Age)> OutboxAsync(TestShop shop)
    {
        using var answer = await shop.Client.GetAsync(Ready, Cancellation);
        var outbox = (await answer.JsonAsync()).GetProperty("checks").GetProperty("outbox");
        return (outbox.GetProperty("status").GetString(), outbox.GetProperty("data").GetProperty("age_seconds").GetDouble());
    }
}
