using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using Storefront.Web.BackOffice;

namespace Storefront.Tests.BackOffice;

public sealed partial class The_offices_theme
{
    [Fact]
    public void Has_the_tokens_values_in_light_and_dark()
    {
        var css = File.ReadAllText(Path.Combine(Root(), "wwwroot-assets", "tokens.css"));
        var halves = css.Split("prefers-color-scheme: dark");
        Compare(halves[0], OfficeTheme.Theme.PaletteLight);
        Compare(halves[1], OfficeTheme.Theme.PaletteDark);
    }

    private static void Compare(string css, Palette palette)
    {
        var tokens = Token().Matches(css).GroupBy(m => m.Groups["name"].Value).ToDictionary(g => g.Key, g => g.First().Groups["value"].Value);
        var dressed = new Dictionary<string, MudColor>(StringComparer.Ordinal)
        {
            ["paper"] = palette.Background, ["card"] = palette.Surface, ["ink"] = palette.TextPrimary, ["muted"] = palette.TextSecondary,
            ["line"] = palette.LinesDefault, ["edge"] = palette.LinesInputs, ["bramble"] = palette.Primary, ["leaf"] = palette.Success,
            ["honey-text"] = palette.Warning, ["berry"] = palette.Error, ["sky"] = palette.Info, ["on-accent"] = palette.PrimaryContrastText,
        };
        foreach (var (name, color) in dressed)
        {
            color.ToString(MudColorOutputFormats.Hex).ToUpper(CultureInfo.InvariantCulture).ShouldBe(tokens[name].ToUpper(CultureInfo.InvariantCulture), name);
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("--(?<name>[a-z-]+): (?<value>#[0-9A-Fa-f]{6});", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
