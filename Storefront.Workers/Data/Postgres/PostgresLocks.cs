using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>The advisory locks by which the processes on one database know of each other; of a class of their own, so that they meet nobody else's.</summary>
internal static class PostgresLocks
{
    /// <summary>First half of the locks' keys.</summary>
    public const int Class = 0x73686f70;

    /// <summary>Where is told that the outbox has something new.</summary>
    public const string Channel = "storefront_outbox";

    /// <summary>The second halves of those that somebody holds.</summary>
    public const string Held = "SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = 1936224112 AND objsubid = 2 AND granted"
        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    /// <summary>
    /// A connection outside of the pool. Client and server each notice within seconds that the other's machine is gone; what is told on it need not be
    /// on disk before it is told.
    /// </summary>
    public static async Task<NpgsqlConnection> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresConnection.Text(configuration))
        {
            Pooling = false,
            ApplicationName = "storefront node",
            KeepAlive = 2,
            CommandTimeout = 3,
            MaxAutoPrepare = 0,
            Options = "-c synchronous_commit=off -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2",
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a lock for the connection's life; false: another has it.</summary>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, int key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Class}, {key})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many locks are held in all.</summary>
    public static async Task<int> CountAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*)::int FROM ({Held}) AS held", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
