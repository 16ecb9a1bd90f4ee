using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Storefront.Departments.Warehouse.Paper;

/// <summary>Paper with the shop's own letters embedded (a server may have no fonts): some hundred alphabets' worth. A letter they lack becomes a question mark.</summary>
internal sealed class LetteredPaper : IPaper, IDisposable
{
    private readonly PdfDocumentBuilder _document = new();
    private readonly PdfDocumentBuilder.AddedFont _regular, _bold;
    private PdfPageBuilder _page = null!;

    public LetteredPaper(string title)
    {
        _document.DocumentInformation.Title = title;
        _document.DocumentInformation.Producer = "Storefront";
        (_regular, _bold) = (_document.AddTrueTypeFont(EmbeddedFonts.Regular), _document.AddTrueTypeFont(EmbeddedFonts.Bold));
    }

    public void BeginPage() => _page = _document.AddPage(PageSize.A4);

    public void Write(string text, double size, double x, double y, bool bold = false) =>
        _page.AddText(EmbeddedFonts.Printable(text), size, new PdfPoint(x, y), bold ? _bold : _regular);

    public void Line(double left, double right, double y, double width) => _page.DrawLine(new PdfPoint(left, y), new PdfPoint(right, y), width);

    public void Box(double x, double y, double size) => _page.DrawRectangle(new PdfPoint(x, y), size, size);

    public void Blacken(double x, double y, double cell, IEnumerable<(int Column, int Row, int Length)> runs)
    {
        foreach (var (column, row, length) in runs)
        {
            _page.DrawRectangle(new PdfPoint(x + (column * cell), y + (row * cell)), length * cell, cell, 0.1, fill: true);
        }
    }

    public byte[] Build() => _document.Build();

    public void Dispose() => _document.Dispose();
}
