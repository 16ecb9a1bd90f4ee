using MudBlazor;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Staff;

/// <summary>How members of the staff look in lists.</summary>
internal static class StaffSigns
{
    public static readonly Sign ShutOut = new("Shut out", Icons.Material.Rounded.Block, "berry");

    public static readonly Sign TwoFactor = new("On", Icons.Material.Rounded.VerifiedUser, "leaf");

    public static readonly Sign OneFactor = new("Off", Icons.Material.Rounded.RemoveModerator, "plain");

    public static Sign Of(StaffRole role) => role switch
    {
        StaffRole.Manager => new("Manager", Icons.Material.Rounded.Key, "honey"),
        StaffRole.Operator => new("Operator", Icons.Material.Rounded.Build, "sky"),
        _ => new("Viewer", Icons.Material.Rounded.Visibility, "plain"),
    };

    /// <summary>What a role opens, for those who give it.</summary>
    public static string Meaning(StaffRole role) => role switch
    {
        StaffRole.Manager => "changes the shop: goods, prices, how departments work, staff",
        StaffRole.Operator => "works on orders: cancels, retries, replays, prints, pauses a department",
        _ => "sees everything, changes nothing",
    };
}
