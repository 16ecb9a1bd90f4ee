using System.Text;
using MudBlazor;

namespace Storefront.Web.BackOffice;

/// <summary>
/// The house's colours and type for MudBlazor: the same values as in <c>tokens.css</c> (a test holds them together).
/// Everything drawn by hand takes the tokens themselves.
/// </summary>
public static class OfficeTheme
{
    private const string Serif = "Vollkorn";
    private static readonly string[] Sans = ["Figtree", "Figtree stand-in", "system-ui", "sans-serif"];
    private static readonly string[] Headings = [Serif, "Vollkorn stand-in", "Georgia", "serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Dress(new PaletteLight(), new("#FBF7EF", "#FFFFFF", "#2B2A26", "#5E5A50", "#E4DCCB", "#8E8672", "#6B2D5C", "#3A6535", "#7A5500", "#A32F38", "#2A5876", "#FBF7EF")),
        PaletteDark = Dress(new PaletteDark(), new("#1B1A17", "#26241F", "#F3EEE2", "#B8B1A1", "#3B382F", "#7D7666", "#D9A3CB", "#9CC78F", "#F0C35A", "#F0989C", "#9CC3DE", "#1B1A17")),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans },
            Button = new ButtonTypography { FontFamily = Sans, TextTransform = "none", FontSize = "1rem", FontWeight = "600" },
            H1 = new H1Typography { FontFamily = Headings, FontSize = "1.75rem", FontWeight = "600" },
            H2 = new H2Typography { FontFamily = Headings, FontSize = "1.375rem", FontWeight = "600" },
        },
    };

    private static T Dress<T>(T palette, Tokens t) where T : Palette
    {
        palette.Background = t.Paper;
        palette.Surface = palette.DrawerBackground = palette.AppbarBackground = t.Card;
        palette.TextPrimary = palette.DrawerText = palette.AppbarText = t.Ink;
        palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = t.Muted;
        palette.LinesDefault = palette.Divider = palette.TableLines = t.Line;
        palette.LinesInputs = t.Edge;
        palette.Primary = t.Bramble;
        palette.Success = t.Leaf;
        palette.Warning = t.Honey;
        palette.Error = t.Berry;
        palette.Info = t.Sky;
        palette.PrimaryContrastText = palette.SuccessContrastText = palette.WarningContrastText = palette.ErrorContrastText = palette.InfoContrastText = t.OnAccent;
        return palette;
    }

    private sealed record Tokens(
        string Paper, string Card, string Ink, string Muted, string Line, string Edge, string Bramble, string Leaf, string Honey, string Berry, string Sky, string OnAccent);
}

/// <summary>
/// The theme's dark half, under a media query. MudBlazor's own way asks the browser by script, which only answers once the circuit runs:
/// a dark desk would see every page light first.
/// </summary>
public sealed class DarkWhereWanted : MudThemeProvider
{
    protected override void GenerateTheme(StringBuilder themeStringBuilder)
    {
        themeStringBuilder.AppendLine("@media (prefers-color-scheme: dark) {");
        base.GenerateTheme(themeStringBuilder);
        themeStringBuilder.AppendLine("}");
    }
}
