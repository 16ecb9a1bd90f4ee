namespace Storefront.Tests.Bench.Report;

/// <summary>A figure over all rounds.</summary>
internal sealed record Spread(string Name, double Median, double Min, double Max)
{
    /// <summary>Every figure over the rounds that have it.</summary>
    public static IReadOnlyList<Spread> Of(IReadOnlyList<Measurement> rounds) =>
    [
        .. rounds.SelectMany(r => r.Figures).GroupBy(f => f.Name).Select(figure =>
        {
            var values = figure.Select(f => f.Value).Order().ToList();
            return new Spread(figure.Key, (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2, values[0], values[^1]);
        }),
    ];
}
