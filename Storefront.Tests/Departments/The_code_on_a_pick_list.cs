using Storefront.Orders;
using ZXing;

namespace Storefront.Tests.Departments;

/// <summary>What a scanner sees of the order number.</summary>
public sealed class The_code_on_a_pick_list
{
    /// <summary>Pixels to a cell.</summary>
    private const int Scale = 4;

    [Fact]
    public void Is_read_back_as_the_order_number()
    {
        for (var i = 0; i < 50; i++)
        {
            var number = OrderNumber.New().ToString();

            Scan(number).ShouldBe(number);
        }
    }

    private static string? Scan(string text)
    {
        var (runs, width) = QrCode.Of(text);
        var side = width * Scale;
        var paper = new byte[side * side];
        Array.Fill(paper, byte.MaxValue);
        foreach (var (column, row, length) in runs)
        {
            for (var y = (width - 1 - row) * Scale; y < (width - row) * Scale; y++)
            {
                Array.Clear(paper, (y * side) + (column * Scale), length * Scale);
            }
        }

        // What is on the paper is the code and nothing else, so it need not be searched for.
        var reader = new BarcodeReaderGeneric { Options = { PureBarcode = true } };
        return reader.Decode(paper, side, side, RGBLuminanceSource.BitmapFormat.Gray8)?.Text;
    }
}
