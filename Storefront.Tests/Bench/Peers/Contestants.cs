using Storefront.Tests.Bench.Seed;

namespace Storefront.Tests.Bench.Peers;

/// <summary>All that run side by side, to be measured in turns.</summary>
internal sealed class Contestants : IAsyncDisposable
{
    private readonly List<Contestant> _all = [];
    private readonly DirectoryInfo _seeds = Directory.CreateTempSubdirectory("storefront-bench-");
    private PrivatePostgres? _postgres;
    private int _disposed;

    public IReadOnlyList<Contestant> All => _all;

    /// <summary>Whether they are being ended, or have been.</summary>
    public bool AreEnding => Volatile.Read(ref _disposed) != 0;

    /// <summary>Each shop, if wanted each again with orders in its database, and the naive peer; all of that on each database. Servers run when this returns.</summary>
    public async Task FillAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var shops = arguments.Shops.Select(s => new ShopPeer(s.Label, s.Program, arguments.Settings)).ToList();
        foreach (var (empty, seeded) in await DatabasesAsync(arguments, cancellationToken))
        {
            foreach (var shop in shops)
            {
                Add(shop, empty, "");
                foreach (var (orders, databases) in seeded)
                {
                    Add(shop, databases, $" + {orders:#,0}");
                }
            }

            if (arguments.Naive)
            {
                Add(new NaivePeer(), empty, "");
            }
        }

        await Task.WhenAll(_all.Select(c => c.OpenAsync(cancellationToken)));

        void Add(IPeer peer, IDatabases databases, string more) =>
            _all.Add(new(peer.Label + more + (databases.Label.Length > 0 ? $", {databases.Label}" : ""), peer, databases, arguments.WarmUp));
    }

    /// <summary>Ends everything that runs and takes away what it wrote; once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await Task.WhenAll(_all.Select(c => c.DisposeAsync().AsTask()));
            if (_postgres is not null)
            {
                await _postgres.DisposeAsync();
            }

            _seeds.Delete(recursive: true);
        }
    }

    private async Task<List<(IDatabases Empty, IReadOnlyList<(int Orders, IDatabases Databases)> Seeded)>> DatabasesAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var databases = new List<(IDatabases, IReadOnlyList<(int, IDatabases)>)>();
        if (arguments.OnSqlite)
        {
            databases.Add((new SqliteDatabases(), await SeededAsync(arguments, orders => SqliteAsync(orders, cancellationToken))));
        }

        if (arguments.OnPostgres)
        {
            var server = _postgres = await PostgresDatabases.StartAsync(cancellationToken);
            databases.Add((PostgresDatabases.Empty(server), await SeededAsync(arguments, async orders => await PostgresDatabases.WithOrdersAsync(server, orders, cancellationToken))));
        }

        return databases;
    }

    private static async Task<IReadOnlyList<(int, IDatabases)>> SeededAsync(BenchArguments arguments, Func<int, Task<IDatabases>> make)
    {
        var seeded = new List<(int, IDatabases)>();
        foreach (var orders in arguments.Seeded)
        {
            await Console.Error.WriteLineAsync($"Making a database with {orders:#,0} orders …");
            seeded.Add((orders, await make(orders)));
        }

        return seeded;
    }

    private async Task<IDatabases> SqliteAsync(int orders, CancellationToken cancellationToken)
    {
        var seed = Path.Combine(_seeds.FullName, $"seed-{orders}.db");
        await SqliteSeed.WriteAsync(seed, orders, cancellationToken);
        return new SqliteDatabases(seed);
    }
}
