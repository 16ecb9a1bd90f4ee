using System.Collections.Concurrent;
using Storefront.Data;

[assembly: Xunit.AssemblyFixture(typeof(Storefront.Tests.Shop.TestDatabase))]

namespace Storefront.Tests.Shop;

/// <summary>
/// Which database the tests' shops run on: <c>STOREFRONT_TEST_DATABASE</c> is <c>Sqlite</c> (or not set) or <c>Postgres</c>. On PostgreSQL the run has one
/// server, and each data folder a database there, which belongs to it as the file does on SQLite.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    public const string Variable = "STOREFRONT_TEST_DATABASE";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Databases = new(StringComparer.Ordinal);
    private static PrivatePostgres? _server;

    public static DatabaseProvider Provider { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
        ? Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var known) ? known : throw new InvalidOperationException($"{Variable} must be Sqlite or Postgres; it is '{name}'.")
        : DatabaseProvider.Sqlite;

    private static PrivatePostgres Server => _server ?? throw new InvalidOperationException("The tests do not run on PostgreSQL.");

    /// <summary>The test is about something that only SQLite has.</summary>
    public static void SkipUnlessSqlite(string reason) => Assert.SkipUnless(Provider == DatabaseProvider.Sqlite, $"Of SQLite only: {reason}");

    /// <summary>The test is about something that only PostgreSQL has; <c>./test.sh</c> runs it in its second part.</summary>
    public static void SkipUnlessPostgres(string reason) => Assert.SkipUnless(Provider == DatabaseProvider.Postgres, $"Of PostgreSQL only: {reason}");

    /// <summary>Whether a test has said itself which database its shop is to have.</summary>
    public static bool IsGiven(IEnumerable<string> settings) =>
        settings.Any(key => key.Equals("Database:Provider", StringComparison.OrdinalIgnoreCase) || key.Equals("ConnectionStrings:Store", StringComparison.OrdinalIgnoreCase));

    /// <summary>The settings that give the shop of a data folder its database.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> SettingsAsync(string folder) => Provider == DatabaseProvider.Sqlite
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : Settings(await ConnectionAsync(folder));

    /// <summary>The settings of a shop on PostgreSQL.</summary>
    public static Dictionary<string, string> Settings(string connection) => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = nameof(DatabaseProvider.Postgres),
        ["ConnectionStrings:Store"] = connection,
    };

    /// <summary>How to connect to the database of a data folder; null on SQLite, where it lies in the folder.</summary>
    public static string? ConnectionOf(string folder) => Provider == DatabaseProvider.Sqlite ? null : ConnectionAsync(folder).GetAwaiter().GetResult();

    /// <summary>The data folder goes, and its database with it.</summary>
    public static async Task ForgetAsync(string folder)
    {
        if (Databases.TryRemove(Path.GetFullPath(folder), out var made))
        {
            await Server.DropAsync(await made.Value, CancellationToken.None);
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Provider == DatabaseProvider.Postgres)
        {
            // Not for its faults: nothing of it has to outlive the machine.
            _server = await PrivatePostgres.StartAsync(["fsync=off", "full_page_writes=off"], CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static Task<string> ConnectionAsync(string folder) =>
        Databases.GetOrAdd(Path.GetFullPath(folder), _ => new(() => Server.NewDatabaseAsync(CancellationToken.None))).Value;
}
