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

    /// <summary>How much room an order takes, in a sentence.</summary>
    public static async Task<string> SizeAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            SELECT relname::text, pg_total_relation_size(oid) / (SELECT count(*) FROM orders) FROM pg_class
            WHERE relname IN ('orders', 'order_lines', 'order_tasks', 'order_history', 'marketing_orders') AND relkind = 'r' ORDER BY 2 DESC
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string Name, long Bytes)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return $"An order takes {tables.Sum(t => t.Bytes):#,0} bytes, indexes included: {string.Join(", ", tables.Select(t => $"{t.Name} {t.Bytes:#,0}"))}.";
    }

    private static async Task RunAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
