using Microsoft.EntityFrameworkCore;

namespace Storefront.Tests.Data;

/// <summary>A shop's first moments on a server: it makes its tables, or says in one line what it needs.</summary>
public sealed class Opening_on_PostgreSQL : IAsyncLifetime
{
    private PrivatePostgres _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TestDatabase.SkipUnlessPostgres("a server that it finds, or not");
        _server = await PrivatePostgres.StartAsync(["fsync=off"], Cancellation);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Of_four_shops_at_once_on_an_empty_database_gives_them_all_the_same_goods()
    {
        await _server.RunAsync("CREATE DATABASE empty", Cancellation);
        var settings = TestDatabase.Settings(_server.ConnectionTo("empty"));

        var shops = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestShop.OpenAsync(settings)));

        foreach (var shop in shops)
        {
            await using var db = shop.OpenDatabase();
            (await db.Products.CountAsync(Cancellation)).ShouldBe(42);
        }

        var number = await shops[0].PlaceAsync(Cancellation);
        (await shops[3].FindAsync(number)).Version.ShouldBe(1);
        foreach (var shop in shops)
        {
            await shop.DisposeAsync();
        }
    }

    [Fact]
    public async Task Needs_a_database_that_keeps_every_name()
    {
        await _server.RunAsync("CREATE DATABASE narrow ENCODING LATIN1 TEMPLATE template0", Cancellation);
        await SaysAsync(_server.ConnectionTo("narrow"), "ConnectionStrings:Store: the database 'narrow' keeps texts in LATIN1, and the shop's are UTF8. Make another: createdb ");
    }

    [Fact]
    public async Task Makes_no_database_by_itself()
    {
        await SaysAsync(_server.ConnectionTo("slip"), """ConnectionStrings:Store: database "slip" does not exist. Create it with createdb, or name one that is there as Database.""");
        await _server.RunAsync("CREATE DATABASE slip", Cancellation);
    }

    [Fact]
    public Task Needs_the_right_password() => SaysAsync(
        $"Host=127.0.0.1;Port={_server.Port};Database=postgres;Username={PrivatePostgresHome.Stranger};Password=wrong",
        """ConnectionStrings:Store: the database server does not let the shop in: password authentication failed for user "stranger". Correct Username and Password there.""");

    [Fact]
    public async Task Needs_the_right_to_make_tables()
    {
        await _server.RunAsync("CREATE ROLE guest LOGIN", Cancellation);
        await _server.RunAsync("CREATE DATABASE others", Cancellation);
        await SaysAsync($"Host=127.0.0.1;Port={_server.Port};Database=others;Username=guest",
            "ConnectionStrings:Store: the shop's user may not do what it must in the database: permission denied for schema public. Make it the database's owner.");
    }

    [Fact]
    public async Task Needs_a_server()
    {
        await _server.StopAsync();
        await SaysAsync(_server.ConnectionTo("postgres"), $"ConnectionStrings:Store: the database server cannot be reached: Failed to connect to 127.0.0.1:{_server.Port} (");
        await _server.StartAgainAsync(Cancellation);
    }

    [Theory]
    [InlineData("", "ConnectionStrings:Store must say where the database is when Database:Provider is Postgres, such as Host=localhost;")]
    [InlineData("Host=127.0.0.1", "ConnectionStrings:Store must name the Database, such as Host=localhost;")]
    [InlineData("Database=shop", "ConnectionStrings:Store must name the database's Host, such as Host=localhost;")]
    [InlineData("Data Source=.data/shop.db", "ConnectionStrings:Store is not a connection string for PostgreSQL: ")]
    [InlineData("Host=127.0.0.1;Database=shop;Port=many", "ConnectionStrings:Store is not a connection string for PostgreSQL: ")]
    public Task Needs_an_address(string connection, string line) => SaysAsync(connection, line);

    private static async Task SaysAsync(string connection, string line)
    {
        var (exitCode, output, error) = await TestShopProcess.RunAsync(("Database:Provider", "Postgres"), ("ConnectionStrings:Store", connection));
        error.Trim().ShouldStartWith($"Storefront cannot start: {line}");
        error.Trim().ReplaceLineEndings("\n").Split('\n').Length.ShouldBe(1);
        exitCode.ShouldBe(1);
        output.ShouldNotContain("fail:");
    }
}
