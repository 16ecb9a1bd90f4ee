using Microsoft.Data.Sqlite;

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
        await SeedCommand.MigrateAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Store"] = $"Data Source={file};Pooling=False", ["Data:Folder"] = Path.GetDirectoryName(Path.GetFullPath(file))!,
        }, cancellationToken);
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
}
