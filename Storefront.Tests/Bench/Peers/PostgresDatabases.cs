using System.Data.Common;
using Npgsql;
using Storefront.Tests.Bench.Report;
using Storefront.Tests.Bench.Seed;

namespace Storefront.Tests.Bench.Peers;

/// <summary>PostgreSQL: one private server that syncs to disk, with its own defaults otherwise, and a database in it for every peer.</summary>
internal sealed class PostgresDatabases : IDatabases
{
    private static int s_databases;

    private readonly PrivatePostgres _server;
    private readonly string? _template;

    private PostgresDatabases(PrivatePostgres server, string? template) => (_server, _template) = (server, template);

    public string Label => "PostgreSQL";

    public int? Server => int.Parse(File.ReadAllText(Path.Combine(_server.Folder, "server.id")));

    /// <summary>Starts the server.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start; says why.</exception>
    public static Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken) => PrivatePostgres.StartAsync(["shared_buffers=128MB"], cancellationToken);

    /// <summary>Databases that begin empty.</summary>
    public static IDatabases Empty(PrivatePostgres server) => new PostgresDatabases(server, template: null);

    /// <summary>Databases that begin with so many orders.</summary>
    public static async Task<IDatabases> WithOrdersAsync(PrivatePostgres server, int orders, CancellationToken cancellationToken)
    {
        var template = $"seeded_{orders}";
        await server.RunAsync($"CREATE DATABASE {template}", cancellationToken);
        await PostgresSeed.WriteAsync(server.ConnectionTo(template), orders, cancellationToken);
        await Console.Error.WriteLineAsync(await PostgresSeed.SizeAsync(server.ConnectionTo(template), cancellationToken));
        return new PostgresDatabases(server, template);
    }

    public async Task<PeerDatabase> NewAsync(string folder, IPeer peer, CancellationToken cancellationToken)
    {
        var name = $"bench_{Interlocked.Increment(ref s_databases)}";
        await _server.RunAsync($"CREATE DATABASE {name}{(_template is not null && peer.IsShop ? $" TEMPLATE {_template}" : "")}", cancellationToken);
        var connection = _server.ConnectionTo(name);
        return new(["Database:Provider=Postgres", $"ConnectionStrings:Store={connection}"], () => Look(connection), () => _server.DropAsync(connection, CancellationToken.None));
    }

    /// <summary>The server counts transactions, and says so up to a second late.</summary>
    public async Task<Figure> WatchAsync(DbConnection look, TimeSpan length, CancellationToken cancellationToken)
    {
        var before = Count(look);
        await Task.Delay(length, cancellationToken);
        return new("transactions/s", (Count(look) - before - 1) / length.TotalSeconds);
    }

    private static long Count(DbConnection look)
    {
        using var command = look.CreateCommand();
        command.CommandText = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()";
        return (long)command.ExecuteScalar()!;
    }

    private static NpgsqlConnection Look(string connection)
    {
        var look = new NpgsqlConnection(connection + ";Pooling=false");
        look.Open();
        return look;
    }
}
