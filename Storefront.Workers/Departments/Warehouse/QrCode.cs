using QRCoder;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Storefront.Departments.Warehouse;

/// <summary>Draws a QR code as plain squares, sharp at any size.</summary>
internal static class QrCode
{
    /// <summary>Draws with the lower left corner at <paramref name="place"/>, <paramref name="width"/> points wide.</summary>
    public static void Draw(PdfPageBuilder page, string text, PdfPoint place, double width)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var size = width / modules.Count;
        for (var row = 0; row < modules.Count; row++)
        {
            for (var (start, end) = (0, 0); start < modules.Count; start = end + 1)
            {
                // One rectangle for dark modules side by side: a third of the drawing.
                for (end = start; end < modules.Count && modules[row][end]; end++)
                {
                }

                if (end > start)
                {
                    page.DrawRectangle(new PdfPoint(place.X + (start * size), place.Y + ((modules.Count - 1 - row) * size)), (end - start) * size, size, 0.1, fill: true);
                }
            }
        }
    }
}
