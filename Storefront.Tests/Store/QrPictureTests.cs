using System.Text.RegularExpressions;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Store.Tracking;
using ZXing;

namespace Storefront.Tests.Store;

/// <summary>What a phone reads off the order's page.</summary>
public sealed partial class The_code_on_an_orders_page : BunitContext
{
    public The_code_on_an_orders_page() => Services.AddScoped(_ => new Words(Language.English));

    /// <summary>Pixels to a cell.</summary>
    private const int Scale = 4;

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("https://hedgerow-provisions.example.org")]
    public void Is_the_address_of_the_page(string shop)
    {
        for (var i = 0; i < 10; i++)
        {
            var address = shop + OrderLinks.Shared(OrderNumber.New());
            var picture = Render<QrPicture>(p => p.Add(q => q.Text, address).Add(q => q.Label, "The page as a code")).Find("svg");

            picture.GetAttribute("role").ShouldBe("img");
            picture.GetAttribute("aria-label").ShouldBe("The page as a code");
            Scan(int.Parse(picture.GetAttribute("viewBox")!.Split(' ')[2]), picture.QuerySelectorAll("path")[1].GetAttribute("d")!).ShouldBe(address);
        }
    }

    /// <summary>Draws the dark runs as a browser does (strokes one cell wide), and reads the picture.</summary>
    private static string? Scan(int width, string path)
    {
        var side = width * Scale;
        var paper = new byte[side * side];
        Array.Fill(paper, byte.MaxValue);
        var (column, row) = (0, 0);
        foreach (Match run in Run().Matches(path))
        {
            (column, row) = run.Groups["y"].Success ? (int.Parse(run.Groups["x"].Value), int.Parse(run.Groups["y"].Value)) : (column + int.Parse(run.Groups["x"].Value), row);
            var length = int.Parse(run.Groups["length"].Value);
            for (var y = row * Scale; y < (row + 1) * Scale; y++)
            {
                Array.Clear(paper, (y * side) + (column * Scale), length * Scale);
            }

            column += length;
        }

        return new BarcodeReaderGeneric { Options = { PureBarcode = true } }.Decode(paper, side, side, RGBLuminanceSource.BitmapFormat.Gray8)?.Text;
    }

    [GeneratedRegex(@"(M(?<x>\d+) (?<y>\d+)\.5|m(?<x>\d+) 0)h(?<length>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
