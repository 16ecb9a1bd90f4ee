namespace Storefront.Tests.Bench.Cases;

/// <summary>How long the cases last.</summary>
/// <param name="Seconds">If said, for every case; otherwise each has its own.</param>
/// <param name="Orders">How many have to be drained.</param>
internal sealed record Lengths(double? Seconds, int Orders)
{
    public TimeSpan Or(double seconds) => TimeSpan.FromSeconds(Seconds ?? seconds);
}

/// <summary>What is measured when nothing else is said, and how thoroughly.</summary>
internal sealed record Plan(IReadOnlyList<string> Cases, double? Seconds, int Orders, int Rounds, int WarmUp)
{
    private static readonly string[] All =
    [
        "post-1", "post-16", "post-64", "open-200", "open-500", "open-1000", "open-2000", "shipped", "drain",
        "pages-16", "browse-500", "first-load", "office", "news-1", "news-500", "news-2000+page", "idle", "start",
    ];

    /// <summary>Everything, three times, in a quarter of an hour.</summary>
    public static readonly Plan Usual = new(All, null, 10_000, Rounds: 3, WarmUp: 4000);

    /// <summary>Everything, more often and longer.</summary>
    public static readonly Plan Long = new(All, 20, 50_000, Rounds: 5, WarmUp: 5000);

    /// <summary>Whether everything works, in about a minute; the figures say little.</summary>
    public static readonly Plan Smoke = new(
        ["post-1", "post-16", "post-64", "open-200", "shipped", "drain", "pages-4", "browse-100", "first-load", "office", "news-1", "news-60+page", "idle", "start"], 1, 200, Rounds: 1, WarmUp: 50);

    /// <summary>The plan of that name; null when there is none.</summary>
    public static Plan? Find(string name) => name switch { "smoke" => Smoke, "long" => Long, _ => null };
}
