using Storefront.Tests.Bench.Cases;

namespace Storefront.Tests.Bench.Report;

/// <summary>
/// The figures of one case for people: a line each, a column for every contestant and how it compares with the first; median, and in brackets the least
/// and the most of several rounds.
/// </summary>
internal static class Table
{
    public static void Write(ICase measurable, IReadOnlyList<Measurement> all, TextWriter to)
    {
        var columns = all.Where(m => m.Case == measurable.Name).GroupBy(m => m.Peer)
            .Select(g => (Peer: g.Key, Figures: Spread.Of([.. g]).ToDictionary(s => s.Name, StringComparer.Ordinal))).ToList();
        if (columns.Count == 0)
        {
            return;
        }

        // Only those on a server have the database's figures.
        var names = columns.MaxBy(c => c.Figures.Count).Figures.Keys;
        List<string[]> lines = [["", .. columns.SelectMany((c, i) => Cells(i, c.Peer, "÷ first"))]];
        lines.AddRange(names.Select(name => (string[])
            [name, .. columns.SelectMany((c, i) => Cells(i, Text(c.Figures.GetValueOrDefault(name)), Ratio(c.Figures.GetValueOrDefault(name), columns[0].Figures.GetValueOrDefault(name))))]));

        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(l => l[i].Length)).ToArray();
        to.WriteLine($"{measurable.Name}: {measurable.Meaning}");
        foreach (var line in lines)
        {
            to.WriteLine($"  {line[0].PadRight(widths[0])}{string.Concat(line.Skip(1).Select((cell, i) => "  " + cell.PadLeft(widths[i + 1])))}");
        }

        to.WriteLine();
        to.Flush();
    }

    private static string[] Cells(int column, string text, string ratio) => column == 0 ? [text] : [text, ratio];

    private static string Text(Spread? figure) => figure is null ? ""
        : figure.Min == figure.Max || double.IsNaN(figure.Median) ? Number(figure.Median)
        : $"{Number(figure.Median)} ({Number(figure.Min)} – {Number(figure.Max)})";

    /// <summary>Three digits that say something, and no more behind the point than that takes.</summary>
    private static string Number(double value) => double.IsNaN(value) ? "–"
        : value == Math.Floor(value) || Math.Abs(value) >= 100 ? $"{value:#,0}" : Math.Abs(value) >= 10 ? $"{value:0.0}" : $"{value:0.00}";

    private static string Ratio(Spread? one, Spread? first) =>
        one is null || first is null || first.Median == 0 || double.IsNaN(one.Median / first.Median) ? "" : $"{one.Median / first.Median:0.00}";
}
