using Microsoft.AspNetCore.Identity;

namespace Storefront.Web.Store.Accounts.Data;

/// <summary>
/// A customer's account: an address that somebody proved to read, and how they sign in. There is none whose address is unproved, and no order points to one:
/// an order belongs to whoever proved the address it was placed with.
/// </summary>
public sealed class CustomerAccount : IdentityUser<Guid>
{
    /// <summary>When its address was proved first.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
