using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Storefront.Data;
using Storefront.Data.Sqlite;
using Storefront.Orders;

namespace Storefront.Tests.Faults;

/// <summary>Whatever ails the database, an order is either accepted for good or refused in plain words; what was accepted goes on when the trouble is over.</summary>
public sealed class A_database_in_trouble(SharedBroker broker)
{
    private const string Body = """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Locked_for_some_seconds_keeps_customers_waiting_and_turns_nobody_away()
    {
        await using var shop = await OpenAsync(new TroubledDatabase());
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(10, Cancellation);

        await using (await ShopData.Of(shop).HoldLockAsync(Cancellation))
        {
            ledger.Fault();
            await Watching.UntilAsync("both customers wait", () => Task.FromResult(ledger.Requests.Count >= ledger.Accepted + 2), Cancellation);
            var held = Stopwatch.StartNew();
            await Watching.UntilAsync("the lock was held for 4 s", () => Task.FromResult(held.Elapsed > TimeSpan.FromSeconds(4)), Cancellation);
        }

        await customers.MoreAsync(10, Cancellation);
        await customers.EndAsync();
        customers.LongestWait.ShouldBeGreaterThan(TimeSpan.FromSeconds(2), "somebody had to wait");
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
        await using var db = shop.OpenDatabase();
        (await db.OrderTasks.CountAsync(t => t.Attempts != 1, Cancellation)).ShouldBe(0, "no attempt is lost to a lock");
    }

    [Fact]
    public async Task Locked_for_longer_than_the_shop_waits_refuses_orders_and_stores_nothing_of_them()
    {
        // The shop waits for ten seconds; the test has not that much time.
        await using var shop = await OpenAsync(new TroubledDatabase { Patience = 1 });
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var early = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.PlaceAsync(Cancellation)));
        Array.ForEach(early, ledger.Promised);
        string[] late = ["late-1", "late-2", "late-3"];

        await using (await ShopData.Of(shop).HoldLockAsync(Cancellation))
        {
            ledger.Fault();
            await Task.WhenAll(late.Select(async key =>
            {
                using var answer = await shop.Client.PostOrderAsync(Body, key);
                await IsCleanAsync(shop, answer, key);
            }));
        }

        await AreAcceptedAsync(shop, ledger, late);
        (await ledger.ClosesAsync(shop, Cancellation)).Accepted.ShouldBe(8);
    }

    [Fact]
    public async Task Full_refuses_orders_and_finishes_the_accepted_ones_when_there_is_room_again()
    {
        TestDatabase.SkipUnlessSqlite("its file that may not grow");
        var trouble = new TroubledDatabase();
        await using var shop = await OpenAsync(trouble);
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var customers = Customers.Of(shop, ledger);
        await customers.MoreAsync(20, Cancellation);
        await customers.EndAsync();

        trouble.IsFull = true;
        ledger.Fault();
        // There may be room for some in pages that are half empty, or become free meanwhile.
        var refused = new List<string>();
        for (var i = 0; refused.Count < 3; i++)
        {
            i.ShouldBeLessThan(500, "the database is full");
            using var answer = await shop.Client.PostOrderAsync(Body, $"late-{i}");
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                ledger.Promised($"late-{i}", NumberOf(await answer.JsonAsync()));
                continue;
            }

            await IsCleanAsync(shop, answer, $"late-{i}");
            refused.Add($"late-{i}");
        }

        trouble.IsFull = false;
        await EndsWhatHasBegunAsync(shop);

        await AreAcceptedAsync(shop, ledger, refused);
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
    }

    /// <summary>A refusal in plain words, of which nothing remains.</summary>
    private static async Task IsCleanAsync(TestShop shop, HttpResponseMessage answer, string key)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("database does not answer");
        text.ShouldNotContain("Exception", customMessage: "no stack");
        await using var db = shop.OpenDatabase();
        (await db.UsedKeys.CountAsync(k => k.Key == $"api:{key}", Cancellation)).ShouldBe(0, "nothing is stored, and the key is free");
    }

    /// <summary>A commit that began in the trouble takes along who comes while it lasts; whoever comes after this shares none of those.</summary>
    private static Task<bool> EndsWhatHasBegunAsync(TestShop shop) => shop.Services.GetRequiredService<StoreWrites>()
        .InsistAsync((_, _) => Task.FromResult(true), NullLogger.Instance, Cancellation);

    /// <summary>Asked again under the same keys, each has an order now.</summary>
    private static async Task AreAcceptedAsync(TestShop shop, Ledger ledger, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            using var answer = await shop.Client.PostOrderAsync(Body, key);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            ledger.Promised(key, NumberOf(await answer.JsonAsync()));
        }
    }

    private static OrderNumber NumberOf(JsonElement order) =>
        OrderNumber.TryParse(order.GetProperty("order_num").GetString(), out var number) ? number : throw new FormatException($"{order}");

    private async Task<TestShop> OpenAsync(TroubledDatabase trouble)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Broker:Uri"] = (await broker.NewHostAsync(Cancellation)).ToString(), ["Catalog:OpeningStock"] = "1000000" };
        return await TestShop.OpenAsync(settings, services =>
        {
            services.ConfigureDbContext<SqliteStoreDb>(options => options.AddInterceptors(trouble));
            if (TestDatabase.Provider == DatabaseProvider.Postgres && trouble.Patience is { } patience)
            {
                services.AddSingleton(provider => NpgsqlDataSource.Create($"{provider.GetRequiredService<IConfiguration>().GetConnectionString("Store")};Command Timeout={patience}"));
            }
        });
    }
}
