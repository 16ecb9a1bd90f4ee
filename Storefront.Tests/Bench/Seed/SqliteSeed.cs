using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Tests.Bench.Peers;

namespace Storefront.Tests.Bench.Seed;

/// <summary>Makes a SQLite database with orders in it, or writes more into one that is there.</summary>
internal static class SqliteSeed
{
    private const string Random60Bits = "(random() & 1152921504606846975)";

    /// <exception cref="InvalidOperationException">It is not a shop's database with the default catalogue.</exception>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public static async Task WriteAsync(string file, int orders, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await MigrateAsync(file, cancellationToken);
        // Foreign keys hold by the way the rows are made.
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = false, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using (var fast = connection.CreateCommand())
        {
            // If the machine fails now, the database is made anew.
            fast.CommandText = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; PRAGMA temp_store=MEMORY";
            await fast.ExecuteNonQueryAsync(cancellationToken);
        }

        await new SeededOrders(connection, Random60Bits).WriteAsync(orders, cancellationToken);
        await using var usual = connection.CreateCommand();
        usual.CommandText = "PRAGMA journal_mode=WAL";
        await usual.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tables and goods as the shop itself makes them at its first start.</summary>
    private static async Task MigrateAsync(string file, CancellationToken cancellationToken)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Store"] = $"Data Source={file};Pooling=False",
            ["Catalog:OpeningStock"] = $"{ShopPeer.OpeningStock}",
            ["Data:Folder"] = Path.GetDirectoryName(Path.GetFullPath(file)),
        }).Build();
        await using var shop = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddLogging().AddStore().BuildServiceProvider();
        await shop.GetRequiredService<StoreStart>().RunAsync(cancellationToken);
    }
}
