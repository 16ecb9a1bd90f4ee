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

    /// <summary>Each shop, if wanted each once more with orders in its database, and the naive peer; all of that on each database. Servers run when this returns.</summary>
    public async Task FillAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var shops = arguments.Shops.Select(s => new ShopPeer(s.Label, s.Program, arguments.Settings)).ToList();
        foreach (var (empty, seeded) in await DatabasesAsync(arguments, cancellationToken))
        {
            foreach (var shop in shops)
            {
                Add(shop, empty, "");
                if (seeded is not null)
                {
                    Add(shop, seeded, $" + {arguments.Seeded:#,0}");
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

    private async Task<List<(IDatabases Empty, IDatabases? Seeded)>> DatabasesAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var databases = new List<(IDatabases, IDatabases?)>();
        var orders = arguments.Seeded;
        if (orders > 0)
        {
            await Console.Error.WriteLineAsync($"Making databases with {orders:#,0} orders …");
        }

        if (arguments.OnSqlite)
        {
            var seed = Path.Combine(_seeds.FullName, "seed.db");
            if (orders > 0)
            {
                await SqliteSeed.WriteAsync(seed, orders, cancellationToken);
            }

            databases.Add((new SqliteDatabases(), orders > 0 ? new SqliteDatabases(seed) : null));
        }

        if (arguments.OnPostgres)
        {
            _postgres = await PostgresDatabases.StartAsync(cancellationToken);
            databases.Add((PostgresDatabases.Empty(_postgres), orders > 0 ? await PostgresDatabases.WithOrdersAsync(_postgres, orders, cancellationToken) : null));
        }

        return databases;
    }
}
