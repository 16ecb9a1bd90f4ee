using System.Net;
using Npgsql;

namespace Storefront.Tests.Faults;

/// <summary>PostgreSQL goes and comes back: what was accepted is kept and goes on, what was not is refused in plain words; no message dies of it.</summary>
public sealed class A_database_server_in_trouble : IAsyncLifetime
{
    private const string Body = """{"customer_name": "Helgi Möller", "products_ids": [2, 4, 42]}""";
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);

    private readonly SharedBroker _broker;
    private PrivatePostgres? _server;

    public A_database_server_in_trouble(SharedBroker broker)
    {
        TestDatabase.SkipUnlessPostgres("its server");
        _broker = broker;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ended_and_started_again_while_orders_come_in_loses_none_and_repeats_nothing(bool orderly)
    {
        await using var shop = await OpenAsync();
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var door = new DatabaseDoor(shop.Client);
        var customers = Customers.At(door, ledger, customers: 4, pace: TimeSpan.FromMilliseconds(50));
        for (var outage = 1; outage <= 3; outage++)
        {
            await customers.MoreAsync(20, Cancellation);
            ledger.Fault();
            door.Closes();
            if (orderly)
            {
                await _server!.StopAsync();
            }
            else
            {
                _server!.Kill();
            }

            await IsRefusedAsync(shop, ledger, $"meanwhile {outage}");
            await _server.StartAgainAsync(Cancellation);
            await Watching.UntilAsync("the shop is ready again", async () => (await shop.Client.GetAsync(Ready, Cancellation)).IsSuccessStatusCode, Cancellation);
            door.Opens();
            ledger.Fault();
            await customers.MoreAsync(10, Cancellation);
        }

        await customers.EndAsync();
        var figures = await ledger.ClosesAsync(shop, Cancellation);
        (figures.Dead, figures.Lost, figures.Duplicated).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task That_cuts_every_connection_again_and_again_turns_no_customer_away()
    {
        await using var shop = await OpenAsync();
        var ledger = await Ledger.OfAsync(shop, Cancellation);
        var door = new DatabaseDoor(shop.Client);
        var customers = Customers.At(door, ledger, customers: 4, pace: TimeSpan.FromMilliseconds(50));
        await customers.MoreAsync(20, Cancellation);
        for (var cut = 1; cut <= 10; cut++)
        {
            ledger.Fault();
            // Who is in the middle of committing cannot know; everybody else is not to notice. The door opens when all are cut: asked for alone, a cut may come later.
            door.Closes();
            await _server!.RunAsync("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname LIKE 'shop%'", Cancellation);
            door.Opens();
            await customers.MoreAsync(5, Cancellation);
        }

        await customers.EndAsync();
        (await ledger.ClosesAsync(shop, Cancellation)).Dead.ShouldBe(0);
    }

    [Fact]
    public async Task With_fewer_connections_than_the_shop_would_like_keeps_customers_waiting_and_turns_nobody_away()
    {
        _server = await PrivatePostgres.StartAsync(["max_connections=10"], Cancellation);
        var database = await _server.NewDatabaseAsync(Cancellation);
        // Of the ten, three are kept for the server's owner, who looks on here.
        await _server.RunAsync("CREATE ROLE clerk LOGIN", Cancellation);
        await _server.RunAsync("GRANT pg_read_all_data, pg_write_all_data TO clerk", Cancellation);
        await _server.RunAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} OWNER TO clerk", Cancellation);
        await using var shop = await OpenAsync(new NpgsqlConnectionStringBuilder(database) { Username = "clerk" }.ToString());
        var data = new ShopData(shop.DataFolder, database);
        var ledger = await Ledger.OfAsync(data, Cancellation);
        var customers = Customers.At(new OpenDoor(shop.Client), ledger, customers: 24, pace: TimeSpan.FromMilliseconds(50));

        await customers.MoreAsync(150, Cancellation);

        await customers.EndAsync();
        (await ledger.ClosesAsync(data, Cancellation)).Dead.ShouldBe(0);
    }

    private static async Task IsRefusedAsync(TestShop shop, Ledger ledger, string key)
    {
        ledger.Asks(key);
        using var answer = await shop.Client.PostOrderAsync(Body, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("database does not answer");
        text.ShouldNotContain("Exception", customMessage: "no stack");
        using var health = await shop.Client.GetAsync(Ready, Cancellation);
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var live = await shop.Client.GetAsync(new Uri("/health/live", UriKind.Relative), Cancellation);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<TestShop> OpenAsync()
    {
        _server = await PrivatePostgres.StartAsync([], Cancellation);
        return await OpenAsync(await _server.NewDatabaseAsync(Cancellation));
    }

    private async Task<TestShop> OpenAsync(string database) => await TestShop.OpenAsync(new Dictionary<string, string>(TestDatabase.Settings(database), StringComparer.Ordinal)
    {
        ["Broker:Uri"] = (await _broker.NewHostAsync(Cancellation)).ToString(),
        ["Catalog:OpeningStock"] = "1000000",
    });
}
