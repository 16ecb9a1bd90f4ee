using System.Globalization;
using Storefront.Tests.Bench.Cases;

namespace Storefront.Tests.Bench;

/// <summary>What shall be measured.</summary>
internal sealed record BenchArguments
{
    /// <summary>Shops to compare: label and Storefront.Web.dll.</summary>
    public IReadOnlyList<(string Label, string Program)> Shops { get; private init; } = [];

    /// <summary>Further settings of every shop, as <c>Key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    public IReadOnlyList<ICase> Cases { get; private init; } = [];

    /// <summary>How often each case is measured with each contestant, in turns.</summary>
    public int Rounds { get; private init; } = 1;

    /// <summary>Where the figures are written; null: nowhere.</summary>
    public string? Json { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">Something is wrong with it; says what, and what would be right.</exception>
    public static BenchArguments Parse(IReadOnlyList<string> arguments)
    {
        List<(string, string)> shops = [];
        List<string> settings = [], names = [];
        var (seconds, orders, rounds, json) = ((double?)null, 10_000, 1, (string?)null);
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (!name.StartsWith('-'))
            {
                names.Add(name);
                continue;
            }

            var value = ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value.");
            switch (name)
            {
                case "--shop":
                    shops.Add(Shop(value, shops.Count));
                    break;
                case "--set":
                    settings.Add(value.IndexOf('=', StringComparison.Ordinal) > 0 ? value : throw new FormatException($"--set takes Key=value, for instance Messaging:QueueType=Quorum; it is '{value}'."));
                    break;
                case "--seconds":
                    seconds = Number(name, value, 0.1, 3600);
                    break;
                case "--orders":
                    orders = (int)Number(name, value, 1, 10_000_000);
                    break;
                case "--rounds":
                    rounds = (int)Number(name, value, 1, 100);
                    break;
                case "--json":
                    json = value;
                    break;
                default:
                    throw new FormatException($"There is no option {name}; there are --shop, --set, --seconds, --orders, --rounds and --json.");
            }
        }

        var lengths = new Lengths(seconds, orders);
        return new()
        {
            Shops = shops.Count > 0 ? shops : throw new FormatException("--shop is missing: [LABEL=]PATH of a built Storefront.Web.dll."),
            Settings = settings,
            Cases = [.. (names.Count > 0 ? names : CaseNames.Usual).Select(n => CaseNames.Find(n, lengths) ?? throw new FormatException($"There is no case '{n}'; there are {CaseNames.Said}."))],
            Rounds = rounds,
            Json = json,
        };
    }

    private static (string, string) Shop(string value, int earlier)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        var (label, path) = at > 0 ? (value[..at], value[(at + 1)..]) : (earlier == 0 ? "shop" : $"shop {earlier + 1}", value);
        return File.Exists(path) ? (label, Path.GetFullPath(path)) : throw new FormatException($"--shop: there is no file {path}; it takes [LABEL=]PATH of a built Storefront.Web.dll.");
    }

    private static double Number(string name, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException($"{name} must be a number from {least} to {most}; it is '{value}'.");
}
