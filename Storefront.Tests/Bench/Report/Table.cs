using Storefront.Tests.Bench.Cases;

namespace Storefront.Tests.Bench.Report;

/// <summary>The figures of one case for people: a line each, a column for every contestant; median, and in brackets the least and the most of several rounds.</summary>
internal static class Table
{
    public static void Write(ICase measurable, IReadOnlyList<Measurement> all, TextWriter to)
    {
        var columns = all.Where(m => m.Case == measurable.Name).GroupBy(m => m.Peer).Select(g => (Peer: g.Key, Figures: Spread.Of([.. g]))).ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var first = columns[0].Figures;
        List<string[]> lines = [["", .. columns.Select(c => c.Peer), .. columns.Skip(1).Select(c => $"{c.Peer} : {columns[0].Peer}")]];
        lines.AddRange(first.Select((figure, i) => (string[])
            [figure.Name, .. columns.Select(c => Text(c.Figures[i])), .. columns.Skip(1).Select(c => Ratio(c.Figures[i].Median, figure.Median))]));

        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(l => l[i].Length)).ToArray();
        to.WriteLine($"{measurable.Name}: {measurable.Meaning}");
        foreach (var line in lines)
        {
            to.WriteLine($"  {line[0].PadRight(widths[0])}{string.Concat(line.Skip(1).Select((cell, i) => "  " + cell.PadLeft(widths[i + 1])))}");
        }

        to.WriteLine();
        to.Flush();
    }

    private static string Text(Spread figure) => figure.Min == figure.Max || double.IsNaN(figure.Median)
        ? Number(figure.Median) : $"{Number(figure.Median)} ({Number(figure.Min)} – {Number(figure.Max)})";

    /// <summary>Three digits that say something, and no more behind the point than that takes.</summary>
    private static string Number(double value) => double.IsNaN(value) ? "–"
        : value == Math.Floor(value) || Math.Abs(value) >= 100 ? $"{value:#,0}" : Math.Abs(value) >= 10 ? $"{value:0.0}" : $"{value:0.00}";

    private static string Ratio(double one, double other) => other == 0 || double.IsNaN(one / other) ? "" : $"{one / other:0.00}";
}
