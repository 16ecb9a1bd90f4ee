using System.Globalization;
using System.Text;

namespace Storefront.Departments.Warehouse.Paper;

/// <summary>
/// Paper in the typeface that every PDF reader has (Helvetica, in the letters of Western Europe), so nothing of a font has to be embedded.
/// Every order gets a list: a general PDF writer took 3 ms for it, most of them over its fonts, and with them half of the shop's time.
/// (ISO 32000-1, 9.6.2.2: the standard fonts; annex D.2: WinAnsiEncoding, which is code page 1252.)
/// </summary>
internal sealed class PlainPaper(string title) : IPaper
{
    private const string Head = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n";

    /// <summary>Numbers of the objects that every document has; pages and their contents follow.</summary>
    private const int Catalog = 1, Pages = 2, Regular = 3, Bold = 4, Info = 5, FirstPage = 6;

    private static readonly Encoding Letters = CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("\0"), DecoderFallback.ReplacementFallback)!;

    private readonly List<StringBuilder> _pages = [];

    private StringBuilder Page => _pages[^1];

    /// <summary>Whether it has every letter of the text.</summary>
    public static bool CanWrite(string text) => Ascii.IsValid(text) || !Letters.GetBytes(text).AsSpan().Contains((byte)0);

    public void BeginPage() => _pages.Add(new StringBuilder(4096));

    public void Write(string text, double size, double x, double y, bool bold = false)
    {
        Number(Page.Append(bold ? "BT /B " : "BT /R "), size);
        Number(Page.Append(" Tf "), x);
        Number(Page.Append(' '), y).Append(" Td (");
        foreach (var letter in Letters.GetBytes(text))
        {
            switch (letter)
            {
                case (byte)'(' or (byte)')' or (byte)'\\':
                    Page.Append('\\').Append((char)letter);
                    break;
                case < 0x20 or 0x7f:
                    Page.Append('?');
                    break;
                default:
                    Page.Append((char)letter);
                    break;
            }
        }

        Page.Append(") Tj ET\n");
    }

    public void Line(double left, double right, double y, double width) =>
        Page.Append(CultureInfo.InvariantCulture, $"{width} w {left} {y} m {right} {y} l S\n");

    public void Box(double x, double y, double size) => Page.Append(CultureInfo.InvariantCulture, $"1 w {x} {y} {size} {size} re S\n");

    public void Blacken(double x, double y, double cell, IEnumerable<(int Column, int Row, int Length)> runs)
    {
        Page.Append(CultureInfo.InvariantCulture, $"q {cell} 0 0 {cell} {x} {y} cm\n");
        foreach (var (column, row, length) in runs)
        {
            Page.Append(column).Append(' ').Append(row).Append(' ').Append(length).Append(" 1 re\n");
        }

        Page.Append("f Q\n");
    }

    /// <summary>Nearly all places are whole, and a whole number is written in a fifth of the time.</summary>
    private static StringBuilder Number(StringBuilder page, double number) =>
        number is > int.MinValue and < int.MaxValue && (int)number == number ? page.Append((int)number) : page.Append(CultureInfo.InvariantCulture, $"{number}");

    public byte[] Build()
    {
        // A character here is a byte there, so the places of the objects are those in the text.
        var text = new StringBuilder(Head, 8192);
        var places = new List<int>();
        Put($"<< /Type /Catalog /Pages {Pages} 0 R >>");
        Put($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, i) => $"{FirstPage + (2 * i)} 0 R"))}] >>");
        Put("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Put("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Put($"<< /Title ({title}) /Producer (Storefront) >>");
        foreach (var page in _pages)
        {
            Put($"<< /Type /Page /Parent {Pages} 0 R /MediaBox [0 0 595 842] /Contents {places.Count + 2} 0 R /Resources << /Font << /R {Regular} 0 R /B {Bold} 0 R >> >> >>");
            Put($"<< /Length {page.Length} >>\nstream\n{page}\nendstream");
        }

        var table = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(p => text.Append(CultureInfo.InvariantCulture, $"{p:D10} 00000 n \n"));
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root {Catalog} 0 R /Info {Info} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());

        void Put(string content)
        {
            places.Add(text.Length);
            text.Append(places.Count).Append(" 0 obj\n").Append(content).Append("\nendobj\n");
        }
    }
}
