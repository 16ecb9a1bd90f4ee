using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Tests.Messaging;

namespace Storefront.Tests.Api;

public sealed class The_shops_health(SharedBroker broker)
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
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
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

    [Fact]
    public async Task Names_every_part_and_since_when_it_is_as_it_is()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var opened = time.GetUtcNow();
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(time));
        time.Advance(TimeSpan.FromSeconds(90));

        (await PartsAsync(shop)).ShouldBe(
        [
            ("broker", "Degraded", opened), ("consumers", "Degraded", opened), ("database", "Healthy", opened),
            ("outbox", "Healthy", time.GetUtcNow()), ("relay", "Degraded", opened),
        ]);
    }

    [Fact]
    public async Task Tells_since_when_the_database_is_unwell_as_the_writers_saw_it()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        await using var shop = await TestShop.OpenAsync(services: services => services.AddSingleton<TimeProvider>(time));
        await RenameAsync(shop, "products", "lost");
        time.Advance(TimeSpan.FromSeconds(10));
        var broke = time.GetUtcNow();
        using var order = await shop.Client.PostOrderAsync("""{"customer_name": "Helgi", "products_ids": [2]}""");
        order.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        // Nobody asked until now.
        time.Advance(TimeSpan.FromSeconds(50));
        (await PartsAsync(shop)).ShouldContain(("database", "Unhealthy", broke));
        (await PartsAsync(shop)).ShouldContain(("database", "Unhealthy", broke), "asking again does not make it younger");

        await RenameAsync(shop, "lost", "products");
        var mended = time.GetUtcNow();
        await shop.PlaceAsync(Cancellation, 2);
        time.Advance(TimeSpan.FromSeconds(5));
        (await PartsAsync(shop)).ShouldContain(("database", "Healthy", mended));
    }

    [Fact]
    public async Task Is_whole_at_the_broker_and_names_the_queues_that_are_consumed()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString() });
        var health = default(JsonElement);
        await Watching.UntilAsync("the shop is healthy", async () =>
        {
            using var answer = await shop.Client.GetAsync(Ready, Cancellation);
            health = await answer.JsonAsync();
            return health.GetProperty("status").GetString() == "Healthy" && health.GetProperty("checks").GetProperty("consumers").GetProperty("data").TryGetProperty("orders", out _);
        }, Cancellation);

        var checks = health.GetProperty("checks");
        checks.GetProperty("relay").GetProperty("description").GetString().ShouldBe("Messages go to the broker.");
        checks.GetProperty("consumers").GetProperty("data").GetProperty("shop.packing").GetString().ShouldBe("consuming");
    }

    [Fact]
    public async Task Tells_that_the_broker_refuses_messages_while_the_relay_goes_on()
    {
        await using var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString() });
        await shop.WriteAsync(Writing.Letter("unwanted") with { Mandatory = true });

        await Watching.UntilAsync("the relay is degraded", async () =>
        {
            using var answer = await shop.Client.GetAsync(Ready, Cancellation);
            return (await answer.JsonAsync()).GetProperty("checks").GetProperty("relay").GetProperty("description").GetString()!
                .StartsWith("The broker refuses a message (no queue takes it)", StringComparison.Ordinal);
        }, Cancellation);
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

    private static async Task RenameAsync(TestShop shop, string from, string to)
    {
        await using var db = shop.OpenDatabase();
#pragma warning disable EF1002 // Names of tables cannot be parameters, and these are the test's own.
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}", Cancellation);
#pragma warning restore EF1002
    }

    /// <summary>All parts, by name; times to the millisecond, as they are told.</summary>
    private static async Task<IReadOnlyList<(string Name, string? Status, DateTimeOffset Since)>> PartsAsync(TestShop shop)
    {
        using var answer = await shop.Client.GetAsync(Ready, Cancellation);
        return [.. (await answer.JsonAsync()).GetProperty("checks").EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => (p.Name, p.Value.GetProperty("status").GetString(), p.Value.GetProperty("data").GetProperty("since").GetDateTimeOffset()))];
    }

    private static async Task<(string? Status, double Age)> OutboxAsync(TestShop shop)
    {
        using var answer = await shop.Client.GetAsync(Ready, Cancellation);
        var outbox = (await answer.JsonAsync()).GetProperty("checks").GetProperty("outbox");
        return (outbox.GetProperty("status").GetString(), outbox.GetProperty("data").GetProperty("age_seconds").GetDouble());
    }
}
