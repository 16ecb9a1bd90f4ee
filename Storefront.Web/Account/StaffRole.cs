namespace Storefront.Web.Account;

/// <summary>What a member of the staff may do; each role may do what those before it may.</summary>
public enum StaffRole
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,

    /// <summary>Works on orders: cancels, retries, replays, prints, pauses a department.</summary>
    Operator,

    /// <summary>Changes the shop: goods, prices, how departments work, staff, simulation.</summary>
    Manager,
}
