using Npgsql;

namespace Storefront.Tests.Bench.Seed;

/// <summary>Writes orders into a database on PostgreSQL, which is migrated first; as a superuser, since references are not checked.</summary>
internal static class PostgresSeed
{
    private const string RandomNumber = "(floor(random() * 1152921504606846976))::bigint";

    /// <exception cref="InvalidOperationException">It is not a shop's database with the default catalogue.</exception>
    /// <exception cref="NpgsqlException">It cannot be written.</exception>
    public static async Task WriteAsync(string database, int orders, CancellationToken cancellationToken)
    {
        await SeedCommand.MigrateAsync(new(StringComparer.Ordinal) { ["Database:Provider"] = "Postgres", ["ConnectionStrings:Store"] = database }, cancellationToken);
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await RunAsync("SET session_replication_role = replica; SET synchronous_commit = off", connection, cancellationToken);
        await new SeededOrders(connection, RandomNumber).WriteAsync(orders, cancellationToken);
        await RunAsync("SELECT setval(pg_get_serial_sequence('orders', 'id'), (SELECT max(id) FROM orders))", connection, cancellationToken);
        // As the server's own vacuum would have done by and by.
        await RunAsync("VACUUM ANALYZE", connection, cancellationToken);
    }

    private static async Task RunAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
