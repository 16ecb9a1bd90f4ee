using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

namespace Storefront.Tests.Bench.Seed;

/// <summary><c>bench seed N [--database FILE]</c>: a shop's database with N orders.</summary>
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
            await Console.Error.WriteLineAsync($"seed takes the number of orders, 1 to {Most:#,0} without separators, and if wanted where to: ./bench.sh seed 1000000 --database shop.db");
            return 2;
        }

        var database = Path.GetFullPath(arguments.Count == 3 ? arguments[2] : $"TestResults/seed-{count}.db");
        var watch = Stopwatch.StartNew();
        try
        {
            await SqliteSeed.WriteAsync(database, count, CancellationToken.None);
        }
        catch (Exception e) when (e is InvalidOperationException or DbException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{database} could not be filled: {e.Message}");
            return 1;
        }

        Console.WriteLine($"{count:#,0} orders are in {database} after {watch.Elapsed.TotalSeconds:0.0} s. A shop opens it with --ConnectionStrings:Store=\"Data Source={database}\"");
        return 0;
    }
}
