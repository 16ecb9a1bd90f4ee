using Storefront.Orders;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Storefront.Departments.Warehouse;

/// <summary>
/// The paper the warehouse works from: what lies in which bin, in the order of the bins, under an order number that a scanner can read.
/// A4; as many pages as it takes.
/// </summary>
public static class PickList
{
    private const double Left = 48, Right = 547, RowHeight = 26, Bottom = 60;

    /// <summary>The list as a PDF.</summary>
    public static byte[] Draw(Job job)
    {
        using var document = new PdfDocumentBuilder();
        document.DocumentInformation.Title = $"Pick list {job.Number}";
        document.DocumentInformation.Producer = "Storefront";
        var pen = new Pen(document);
        var rows = new Queue<JobLine>(job.Lines.OrderBy(l => l.Bin, StringComparer.Ordinal));
        var pages = 0;
        do
        {
            pen.Page = document.AddPage(PageSize.A4);
            Head(pen, job, ++pages);
            var y = job.Lines.Count == 0 ? NoLines(pen, job) : Rows(pen, rows);
            if (rows.Count == 0)
            {
                Foot(pen, job, y);
            }
        }
        while (rows.Count > 0);

        return document.Build();
    }

    private static void Head(Pen pen, Job job, int page)
    {
        pen.Write("Pick list", 22, Left, 772, bold: true);
        pen.Write(job.Number.ToString(), 16, Left, 744, bold: true);
        pen.Write($"placed {job.PlacedAt:yyyy-MM-dd HH:mm} UTC, page {page}", 10, Left, 726);
        if (job.Source == OrderSource.Queue)
        {
            pen.Write($"from another system{(job.SourceReference is { } own ? $", its number {own}" : "")}", 10, Left, 711);
        }

        QrCode.Draw(pen.Page, job.Number.ToString(), new PdfPoint(Right - 84, 714), 84);
        pen.Write("Bin", 10, Left + 24, 684, bold: true);
        pen.Write("Qty", 10, Left + 100, 684, bold: true);
        pen.Write("Product", 10, Left + 150, 684, bold: true);
        pen.Page.DrawLine(new PdfPoint(Left, 678), new PdfPoint(Right, 678));
    }

    private static double Rows(Pen pen, Queue<JobLine> rows)
    {
        var y = 678.0;
        while (rows.Count > 0 && y - RowHeight > Bottom)
        {
            var line = rows.Dequeue();
            y -= RowHeight;
            pen.Page.DrawRectangle(new PdfPoint(Left, y), 12, 12);
            pen.Write(line.Bin, 13, Left + 24, y, bold: true);
            pen.Write($"{line.Quantity} ×", 13, Left + 100, y, bold: true);
            pen.Write($"{line.Name}  (no. {line.ProductId})", 12, Left + 150, y);
            pen.Page.DrawLine(new PdfPoint(Left, y - 8), new PdfPoint(Right, y - 8), 0.25);
        }

        return y;
    }

    private static double NoLines(Pen pen, Job job)
    {
        pen.Write("No lines: another system sent this order with a price only.", 12, Left, 650);
        pen.Write($"Nothing is taken from the shelves. Worth {Money.ToMajor(job.PriceMinor):0.00} {job.Currency}.", 12, Left, 632);
        return 632;
    }

    private static void Foot(Pen pen, Job job, double y)
    {
        var pieces = job.Lines.Sum(l => l.Quantity);
        pen.Write($"{pieces} {(pieces == 1 ? "piece" : "pieces")} for {Cut(job.Customer.Name, 60)}", 11, Left, y - RowHeight - 4);
        if (job.Customer.Note is { } note)
        {
            pen.Write($"Note: {Cut(note.ReplaceLineEndings(" "), 90)}", 11, Left, y - RowHeight - 22);
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>Writes with the shop's own letters (a server may have no fonts); a letter they lack becomes a question mark.</summary>
    private sealed class Pen(PdfDocumentBuilder document)
    {
        private readonly PdfDocumentBuilder.AddedFont _regular = document.AddTrueTypeFont(PickListFonts.Regular);
        private readonly PdfDocumentBuilder.AddedFont _bold = document.AddTrueTypeFont(PickListFonts.Bold);

        public PdfPageBuilder Page { get; set; } = null!;

        public void Write(string text, double size, double x, double y, bool bold = false) =>
            Page.AddText(PickListFonts.Printable(text), size, new PdfPoint(x, y), bold ? _bold : _regular);
    }
}
