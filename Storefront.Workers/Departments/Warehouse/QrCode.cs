using QRCoder;

namespace Storefront.Departments.Warehouse;

/// <summary>A QR code as runs of dark cells on a grid.</summary>
internal static class QrCode
{
    /// <summary>The runs, rows counted from the bottom, and how many cells the grid is wide, its quiet zone included.</summary>
    public static (List<(int Column, int Row, int Length)> Runs, int Width) Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var runs = new List<(int, int, int)>();
        for (var row = 0; row < modules.Count; row++)
        {
            for (var (start, end) = (0, 0); start < modules.Count; start = end + 1)
            {
                for (end = start; end < modules.Count && modules[row][end]; end++)
                {
                }

                if (end > start)
                {
                    runs.Add((start, modules.Count - 1 - row, end - start));
                }
            }
        }

        return (runs, modules.Count);
    }
}
