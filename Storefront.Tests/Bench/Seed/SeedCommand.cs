using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Tests.Bench.Peers;

namespace Storefront.Tests.Bench.Seed;

/// <summary><c>bench seed N [--database FILE or connection string]</c>: a shop's database with N orders.</summary>
internal static class SeedCommand
{
    public const string Name = "seed";
    private const int Most = 100_000_000;

    /// <summary>The exit code: 0, 1 when the database could not be made, 2 when the arguments are wrong.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments.Count is not (1 or 3) || (arguments.Count == 3 && arguments[1] != "--database")
            || !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > Most)
        {
            await Console.Error.WriteLineAsync($"seed takes the number of orders, 1 to {Most:#,0} without separators, and if wanted where to: ./bench.sh seed 1000000 --database shop.db, or --database 'Host=…;Database=…'");
            return 2;
        }

        var database = arguments.Count == 3 ? arguments[2] : $"TestResults/seed-{count}.db";
        var isServer = database.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        var watch = Stopwatch.StartNew();
        try
        {
            await (isServer ? PostgresSeed.WriteAsync(database, count, CancellationToken.None) : SqliteSeed.WriteAsync(database, count, CancellationToken.None));
        }
        catch (Exception e) when (e is InvalidOperationException or DbException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{database} could not be filled: {e.Message}");
            return 1;
        }

        Console.WriteLine($"{count:#,0} orders are in {database} after {watch.Elapsed.TotalSeconds:0.0} s. A shop opens it with "
            + (isServer ? $"--Database:Provider=Postgres --ConnectionStrings:Store=\"{database}\"" : $"--ConnectionStrings:Store=\"Data Source={Path.GetFullPath(database)}\""));
        if (isServer)
        {
            Console.WriteLine(await PostgresSeed.SizeAsync(database, CancellationToken.None));
        }

        return 0;
    }

    /// <summary>Tables and goods as the shop itself makes them at its first start.</summary>
    internal static async Task MigrateAsync(Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        settings["Catalog:OpeningStock"] = $"{ShopPeer.OpeningStock}";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var shop = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddStore().BuildServiceProvider();
        await shop.GetRequiredService<StoreStart>().RunAsync(cancellationToken);
    }
}
