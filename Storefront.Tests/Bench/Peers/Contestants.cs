using Storefront.Tests.Bench.Seed;

namespace Storefront.Tests.Bench.Peers;

/// <summary>All that run side by side, to be measured in turns.</summary>
internal sealed class Contestants : IAsyncDisposable
{
    private readonly List<Contestant> _all = [];
    private readonly DirectoryInfo _seeds = Directory.CreateTempSubdirectory("storefront-bench-");
    private int _disposed;

    public IReadOnlyList<Contestant> All => _all;

    /// <summary>Whether they are being ended, or have been.</summary>
    public bool AreEnding => Volatile.Read(ref _disposed) != 0;

    /// <summary>Each shop; if wanted each once more with orders in its database, and the naive peer. Brokers run when this returns.</summary>
    public async Task FillAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var (label, program) in arguments.Shops)
        {
            var shop = new ShopPeer(label, program, arguments.Settings);
            _all.Add(new(label, shop, new SqliteDatabases(), arguments.WarmUp));
            if (arguments.Seeded > 0)
            {
                _all.Add(new($"{label} + {arguments.Seeded:#,0}", shop, new SqliteDatabases(await SeedAsync(arguments.Seeded, cancellationToken)), arguments.WarmUp));
            }
        }

        if (arguments.Naive)
        {
            var naive = new NaivePeer();
            _all.Add(new(naive.Label, naive, new SqliteDatabases(), arguments.WarmUp));
        }

        await Task.WhenAll(_all.Select(c => c.OpenAsync(cancellationToken)));
    }

    /// <summary>Ends everything that runs and takes away what it wrote; once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await Task.WhenAll(_all.Select(c => c.DisposeAsync().AsTask()));
            _seeds.Delete(recursive: true);
        }
    }

    private async Task<string> SeedAsync(int orders, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_seeds.FullName, "seed.db");
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"Making a database with {orders:#,0} orders …");
            await SqliteSeed.WriteAsync(file, orders, cancellationToken);
        }

        return file;
    }
}
