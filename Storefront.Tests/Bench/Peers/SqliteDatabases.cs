using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Peers;

/// <summary>SQLite: a file in the peer's data folder.</summary>
/// <param name="seed">A database with orders, of which every shop gets a copy; null: shops begin empty.</param>
internal sealed class SqliteDatabases(string? seed = null) : IDatabases
{
    public string Label => "";

    public int? Server => null;

    public Task<PeerDatabase> NewAsync(string folder, IPeer peer, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "shop.db");
        if (seed is not null && peer.IsShop)
        {
            File.Copy(seed, file);
        }

        return Task.FromResult(new PeerDatabase([], () => Look(file), () => Task.CompletedTask));
    }

    /// <summary>SQLite tells each connection whether others have committed since it asked last, not how often: so it is asked ten times a second.</summary>
    public async Task<Figure> WatchAsync(DbConnection look, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var command = look.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        var (commits, last, watch) = (0, (long)command.ExecuteScalar()!, Stopwatch.StartNew());
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (watch.Elapsed < length)
        {
            await ticks.WaitForNextTickAsync(cancellationToken);
            var now = (long)command.ExecuteScalar()!;
            commits += now == last ? 0 : 1;
            last = now;
        }

        return new("commits/s", commits / watch.Elapsed.TotalSeconds);
    }

    private static SqliteConnection Look(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
