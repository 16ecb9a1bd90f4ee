using System.Globalization;
using Storefront.Tests.Bench.Cases;

namespace Storefront.Tests.Bench;

/// <summary>What shall be measured.</summary>
internal sealed record BenchArguments
{
    private const string Options = "--shop, --set, --naive, --database, --seeded, --seconds, --orders, --rounds, --warm-up and --json";

    /// <summary>Shops to compare: label and Storefront.Web.dll.</summary>
    public IReadOnlyList<(string Label, string Program)> Shops { get; private init; } = [];

    /// <summary>Further settings of every shop, as <c>Key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    public IReadOnlyList<ICase> Cases { get; private init; } = [];

    /// <summary>How often each case is measured with each contestant, in turns.</summary>
    public int Rounds { get; private init; }

    /// <summary>Orders before anything is measured.</summary>
    public int WarmUp { get; private init; }

    /// <summary>Whether the naive peer is measured beside the shops.</summary>
    public bool Naive { get; private init; }

    /// <summary>Whether everything is measured on SQLite.</summary>
    public bool OnSqlite { get; private init; }

    /// <summary>Whether everything is measured on PostgreSQL.</summary>
    public bool OnPostgres { get; private init; }

    /// <summary>Every shop is measured with so many orders in its database too, once more for each.</summary>
    public IReadOnlyList<int> Seeded { get; private init; } = [];

    /// <summary>Where the figures are written; null: nowhere.</summary>
    public string? Json { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">Something is wrong with it; says what, and what would be right.</exception>
    public static BenchArguments Parse(IReadOnlyList<string> arguments)
    {
        List<(string, string)> shops = [];
        List<string> settings = [], names = [];
        List<int> seeded = [];
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--naive":
                    given["--naive"] = "";
                    break;
                case "--shop":
                    shops.Add(Shop(Next(), shops.Count));
                    break;
                case "--set":
                    settings.Add(Next() is var setting && setting.IndexOf('=', StringComparison.Ordinal) > 0
                        ? setting : throw new FormatException($"--set takes Key=value, for instance Messaging:QueueType=Quorum; it is '{setting}'."));
                    break;
                case "--seeded":
                    seeded.Add((int)Read("--seeded", Next(), 1, 100_000_000));
                    break;
                case "--database" or "--seconds" or "--orders" or "--rounds" or "--warm-up" or "--json":
                    given[arguments[i]] = Next();
                    break;
                case ['-', ..] unknown:
                    throw new FormatException($"There is no option {unknown}; there are {Options}.");
                default:
                    names.Add(arguments[i]);
                    break;
            }

            string Next() => i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"{arguments[i]} needs a value.");
        }

        var plan = names.Count == 0 ? Plan.Usual : names.Count == 1 ? Plan.Find(names[0]) : null;
        var database = given.GetValueOrDefault("--database") ?? "sqlite";
        if (database is not ("sqlite" or "postgres" or "both"))
        {
            throw new FormatException($"--database must be sqlite, postgres or both; it is '{database}'.");
        }

        var lengths = new Lengths(Number("--seconds", 0.1, 3600) ?? plan?.Seconds, (int)(Number("--orders", 1, 10_000_000) ?? plan?.Orders ?? Plan.Usual.Orders));
        return new()
        {
            Shops = shops.Count > 0 ? shops : throw new FormatException("--shop is missing: [LABEL=]PATH of a built Storefront.Web.dll."),
            Settings = settings,
            Cases = [.. (plan?.Cases ?? names).Select(n => Case(n, lengths, hasServer: database != "sqlite"))],
            Rounds = (int)(Number("--rounds", 1, 100) ?? plan?.Rounds ?? 1),
            WarmUp = (int)(Number("--warm-up", 1, 1_000_000) ?? plan?.WarmUp ?? Plan.Usual.WarmUp),
            Naive = plan is not null || given.ContainsKey("--naive"),
            OnSqlite = database != "postgres",
            OnPostgres = database != "sqlite",
            Seeded = seeded,
            Json = given.GetValueOrDefault("--json"),
        };

        double? Number(string name, double least, double most) => given.TryGetValue(name, out var value) ? Read(name, value, least, most) : null;
    }

    private static double Read(string name, string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException($"{name} must be a number from {least} to {most}; it is '{value}'.");

    private static ICase Case(string name, Lengths lengths, bool hasServer) => CaseNames.Find(name, lengths) switch
    {
        null => throw new FormatException($"There is no case '{name}'; there are {CaseNames.Said}; or alone smoke, long and seed."),
        { NeedsServer: true } when !hasServer => throw new FormatException($"{name} needs a database server, and SQLite is a file of one process's own: say --database postgres."),
        var found => found,
    };

    private static (string, string) Shop(string value, int earlier)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        var (label, path) = at > 0 ? (value[..at], value[(at + 1)..]) : (earlier == 0 ? "shop" : $"shop {earlier + 1}", value);
        return File.Exists(path) ? (label, Path.GetFullPath(path)) : throw new FormatException($"--shop: there is no file {path}; it takes [LABEL=]PATH of a built Storefront.Web.dll.");
    }
}
