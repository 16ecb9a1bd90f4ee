using MudBlazor;
using Storefront.Catalog;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Products.Stock;

/// <summary>What the staff calls a movement.</summary>
internal static class MovementWords
{
    public static Sign Of(MovementKind kind) => kind switch
    {
        MovementKind.Opening => new("Opening", Icons.Material.Rounded.Flag, "plain"),
        MovementKind.Receipt => new("Goods in", Icons.Material.Rounded.MoveToInbox, "leaf"),
        MovementKind.Count => new("Counted", Icons.Material.Rounded.Checklist, "sky"),
        MovementKind.WriteOff => new("Written off", Icons.Material.Rounded.DeleteOutline, "berry"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>With its sign: <c>+12</c>, <c>−3</c>, <c>0</c>.</summary>
    public static string Signed(long pieces) => pieces > 0 ? $"+{pieces:N0}" : pieces < 0 ? $"−{-pieces:N0}" : "0";
}
