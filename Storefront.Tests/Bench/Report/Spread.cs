namespace Storefront.Tests.Bench.Report;

/// <summary>A figure over all rounds.</summary>
internal sealed record Spread(string Name, double Median, double Min, double Max)
{
    public static IReadOnlyList<Spread> Of(IReadOnlyList<Measurement> rounds) =>
    [
        .. rounds[0].Figures.Select(first =>
        {
            var values = rounds.Select(r => r.Figures.Single(f => f.Name == first.Name).Value).Order().ToList();
            var median = (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
            return new Spread(first.Name, median, values[0], values[^1]);
        }),
    ];
}
