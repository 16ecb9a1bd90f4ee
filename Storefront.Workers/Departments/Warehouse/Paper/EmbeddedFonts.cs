using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace Storefront.Departments.Warehouse.Paper;

/// <summary>The letters that are embedded where a reader has none for the text.</summary>
internal static class EmbeddedFonts
{
    public static byte[] Regular { get; } = Load("OpenSans-Regular");

    public static byte[] Bold { get; } = Load("OpenSans-Bold");

    private static readonly Lazy<TrueTypeFont> Parsed = new(() => TrueTypeFontParser.Parse(new TrueTypeDataBytes(Regular)));

    /// <summary>The text with whatever the fonts have no letter for as a question mark: a name must not stop a parcel.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = text[i] == ' ' || Parsed.Value.TryGetBoundingBox(text[i], out _) ? text[i] : '?';
        }
    });

    private static byte[] Load(string face)
    {
        using var stream = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream($"fonts.{face}.ttf")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
