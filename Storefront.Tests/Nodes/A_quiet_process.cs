using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Storefront.Data.Postgres;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Nodes;

/// <summary>A process that relays while there is nothing to relay.</summary>
public sealed class A_quiet_process : IAsyncDisposable
{
    /// <summary>The number of another process.</summary>
    private const int Neighbour = 7;

    /// <summary>What the connections are called by which it looks around.</summary>
    private const string Looking = "looking around";

    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-quiet-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_its_place_when_it_looks_around_while_the_server_is_being_asked_whether_it_is_there()
    {
        TestDatabase.SkipUnlessPostgres("a connection holds the relay's place");
        var database = new NpgsqlConnectionStringBuilder(TestDatabase.ConnectionOf(_folder));
        await using var line = new HeldLine(database.Host!, database.Port);
        await using var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ToString()) { ApplicationName = Looking });
        var neighbour = await PostgresLocks.OpenAsync(SettingsOf(database), Cancellation);
        (await PostgresLocks.TryAsync(neighbour, Neighbour, Cancellation)).ShouldBeTrue();
        var (clock, bell) = (new FakeTimeProvider(), new OutboxBell());
        using var node = new PostgresNode(SettingsOf(new(database.ToString()) { Host = "127.0.0.1", Port = line.Port }), pool, bell, clock, NullLogger<PostgresNode>.Instance);
        await node.StartAsync(Cancellation);
        using var place = await node.TakeAsync(() => { }, Cancellation);
        await Watching.UntilAsync("it has looked around", () => HasLookedAsync(neighbour), Cancellation);

        // The driver asks the server every two seconds; the answer is on its way while the process looks around and finds that another is gone.
        await neighbour.DisposeAsync();
        await line.HoldAsync(Cancellation);
        await Watching.UntilAsync("it has looked around again", () =>
        {
            clock.Advance(PostgresNode.LookEvery);
            return Task.FromResult(bell.TakeRing() || place.Lost.IsCancellationRequested);
        }, Cancellation);
        line.Release();

        await using var other = await pool.OpenConnectionAsync(Cancellation);
        await Watching.UntilAsync("it still hears what others tell", async () =>
        {
            await PostgresLocks.RunAsync(other, $"NOTIFY {PostgresLocks.Channel}", Cancellation);
            return bell.TakeRing() || place.Lost.IsCancellationRequested;
        }, Cancellation);
        place.Lost.IsCancellationRequested.ShouldBeFalse();
        await node.StopAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    private static async Task<bool> HasLookedAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = '{Looking}' AND datname = current_database() AND state = 'idle' AND query LIKE 'SELECT count%')", connection);
        return (bool)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static IConfiguration SettingsOf(NpgsqlConnectionStringBuilder database) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Store", database.ToString())]).Build();
}
