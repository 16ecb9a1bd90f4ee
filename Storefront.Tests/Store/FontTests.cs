using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Store;

/// <summary>The two font files that every page loads at once; a page that shows what they do not have loads another.</summary>
public sealed partial class The_fonts_of_every_page
{
    [Theory]
    [InlineData("vollkorn-600-latin")]
    [InlineData("figtree-latin")]
    public void Have_every_sign_of_the_goods_and_of_the_languages_that_the_shop_speaks(string font)
    {
        var css = File.ReadAllText(Path.Combine(Root(), "wwwroot-assets", "tokens.css"));
        var face = css.Split("@font-face").Single(f => f.Contains($"fonts/{font}.woff2", StringComparison.Ordinal));
        var ranges = Span().Matches(face[face.IndexOf("unicode-range", StringComparison.Ordinal)..])
            .Select(m => (From: Code(m.Groups["from"]), To: Code(m.Groups["to"].Success ? m.Groups["to"] : m.Groups["from"]))).ToList();

        var texts = Directory.EnumerateFiles(Path.Combine(Root(), "Storefront.Workers", "Languages"), "*.json")
            .Append(Path.Combine(Root(), "Storefront.Workers", "Catalog", "hopwick.json")).ToList();

        texts.Count.ShouldBe(4);
        texts.SelectMany(File.ReadAllText).Distinct().Where(c => !ranges.Exists(r => c >= r.From && c <= r.To)).ShouldBeEmpty();
    }

    private static int Code(Group hex) => int.Parse(hex.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"U\+(?<from>[0-9A-F]+)(-(?<to>[0-9A-F]+))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();
}
