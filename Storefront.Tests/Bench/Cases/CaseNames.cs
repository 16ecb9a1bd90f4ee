using System.Globalization;

namespace Storefront.Tests.Bench.Cases;

/// <summary>How long the cases last.</summary>
/// <param name="Seconds">If said, for every case; otherwise each has its own.</param>
/// <param name="Orders">How many have to be drained.</param>
internal sealed record Lengths(double? Seconds, int Orders)
{
    public TimeSpan Or(double seconds) => TimeSpan.FromSeconds(Seconds ?? seconds);
}

/// <summary>The cases by the names they have on the command line.</summary>
internal static class CaseNames
{
    /// <summary>What is measured when nothing is named.</summary>
    public static readonly IReadOnlyList<string> Usual = ["post-1", "post-16", "post-64", "open-200", "open-500", "open-1000", "open-2000", "shipped", "drain"];

    public const string Said = "post-N (N connections), open-N (N a second), shipped and drain";

    /// <summary>The case of that name; null when there is none.</summary>
    public static ICase? Find(string name, Lengths lengths) => name.Split('-') switch
    {
        ["post", var n] when Number(n, 1000) is { } connections => new PostCase(connections, lengths.Or(5)),
        ["open", var n] when Number(n, 100_000) is { } perSecond => new OpenCase(perSecond, lengths.Or(8)),
        ["shipped"] => new ShippedCase(lengths.Or(20)),
        ["drain"] => new DrainCase(lengths.Orders),
        _ => null,
    };

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;
}
