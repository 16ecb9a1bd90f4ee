using Storefront.Departments.Warehouse.Paper;
using Storefront.Orders;

namespace Storefront.Departments.Warehouse;

/// <summary>
/// The paper the warehouse works from: what lies in which bin, in the order of the bins, under an order number that a scanner can read.
/// A4; as many pages as it takes.
/// </summary>
public static class PickList
{
    private const double Left = 48, Right = 547, RowHeight = 26, Bottom = 60, CodeWidth = 84;

    /// <summary>The list as a PDF.</summary>
    public static byte[] Draw(Job job)
    {
        var title = $"Pick list {job.Number}";
        if (Texts(job).All(PlainPaper.CanWrite))
        {
            return Draw(job, new PlainPaper(title));
        }

        using var lettered = new LetteredPaper(title);
        return Draw(job, lettered);
    }

    /// <summary>What is on it that the shop did not write.</summary>
    private static IEnumerable<string> Texts(Job job) => job.Lines.SelectMany(l => new[] { l.Name, l.Bin })
        .Append(job.Customer.Name).Append(job.Customer.Note ?? "").Append(job.SourceReference ?? "").Append(job.Currency);

    private static byte[] Draw(Job job, IPaper paper)
    {
        var rows = new Queue<JobLine>(job.Lines.OrderBy(l => l.Bin, StringComparer.Ordinal));
        var pages = 0;
        do
        {
            paper.BeginPage();
            Head(paper, job, ++pages);
            var y = job.Lines.Count == 0 ? NoLines(paper, job) : Rows(paper, rows);
            if (rows.Count == 0)
            {
                Foot(paper, job, y);
            }
        }
        while (rows.Count > 0);

        return paper.Build();
    }

    private static void Head(IPaper paper, Job job, int page)
    {
        paper.Write("Pick list", 22, Left, 772, bold: true);
        paper.Write(job.Number.ToString(), 16, Left, 744, bold: true);
        paper.Write($"placed {job.PlacedAt:yyyy-MM-dd HH:mm} UTC, page {page}", 10, Left, 726);
        if (job.Source == OrderSource.Queue)
        {
            paper.Write($"from another system{(job.SourceReference is { } own ? $", its number {own}" : "")}", 10, Left, 711);
        }

        var (runs, width) = QrCode.Of(job.Number.ToString());
        paper.Blacken(Right - CodeWidth, 714, CodeWidth / width, runs);
        paper.Write("Bin", 10, Left + 24, 684, bold: true);
        paper.Write("Qty", 10, Left + 100, 684, bold: true);
        paper.Write("Product", 10, Left + 150, 684, bold: true);
        paper.Line(Left, Right, 678, 1);
    }

    private static double Rows(IPaper paper, Queue<JobLine> rows)
    {
        var y = 678.0;
        while (rows.Count > 0 && y - RowHeight > Bottom)
        {
            var line = rows.Dequeue();
            y -= RowHeight;
            paper.Box(Left, y, 12);
            paper.Write(line.Bin, 13, Left + 24, y, bold: true);
            paper.Write($"{line.Quantity} ×", 13, Left + 100, y, bold: true);
            paper.Write($"{line.Name}  (no. {line.ProductId})", 12, Left + 150, y);
            paper.Line(Left, Right, y - 8, 0.25);
        }

        return y;
    }

    private static double NoLines(IPaper paper, Job job)
    {
        paper.Write("No lines: another system sent this order with a price only.", 12, Left, 650);
        paper.Write($"Nothing is taken from the shelves. Worth {Money.ToMajor(job.PriceMinor):0.00} {job.Currency}.", 12, Left, 632);
        return 632;
    }

    private static void Foot(IPaper paper, Job job, double y)
    {
        var pieces = job.Lines.Sum(l => l.Quantity);
        paper.Write($"{pieces} {(pieces == 1 ? "piece" : "pieces")} for {Cut(job.Customer.Name, 60)}", 11, Left, y - RowHeight - 4);
        if (job.Customer.Note is { } note)
        {
            paper.Write($"Note: {Cut(note.ReplaceLineEndings(" "), 90)}", 11, Left, y - RowHeight - 22);
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
