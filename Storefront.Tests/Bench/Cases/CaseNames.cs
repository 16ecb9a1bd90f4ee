using System.Globalization;

namespace Storefront.Tests.Bench.Cases;

/// <summary>The cases by the names they have on the command line.</summary>
internal static class CaseNames
{
    public const string Said = "post-N and hot-N (N connections), open-N (N a second), shipped, drain, work-N (N work processes), relay, pages-N (N connections), browse-N (N a second), first-load, office, "
        + "news-N and news-N+page (N hub streams, and an open tracker page), idle and start";

    /// <summary>The case of that name; null when there is none.</summary>
    public static ICase? Find(string name, Lengths lengths) => name.Split('-') switch
    {
        ["post", var n] when Number(n, 1000) is { } connections => new PostCase(connections, lengths.Or(3)),
        ["hot", var n] when Number(n, 1000) is { } connections => new PostCase(connections, lengths.Or(3), isHot: true),
        ["open", var n] when Number(n, 100_000) is { } perSecond => new OpenCase(perSecond, lengths.Or(4)),
        ["shipped"] => new ShippedCase(lengths.Or(8)),
        ["drain"] => new DrainCase(lengths.Orders),
        ["work", var n] when Number(n, 100) is { } processes => new WorkCase(processes, lengths.Or(20)),
        ["relay"] => new RelayCase(lengths.Orders),
        ["pages", var n] when Number(n, 1000) is { } connections => new PagesCase(connections, lengths.Or(3)),
        ["browse", var n] when Number(n, 100_000) is { } perSecond => new BrowseCase(perSecond, lengths.Or(4)),
        ["first", "load"] => new FirstLoadCase(),
        ["office"] => new OfficeCase(lengths.Or(20)),
        ["news", var n] when Number(n.Replace("+page", "", StringComparison.Ordinal), 10_000) is { } streams => new NewsCase(streams, n.EndsWith("+page", StringComparison.Ordinal), lengths.Or(8)),
        ["idle"] => new IdleCase(lengths.Or(20)),
        ["start"] => new StartCase(),
        _ => null,
    };

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;
}
