using Microsoft.AspNetCore.Identity;

namespace Storefront.Web.Account.Data;

/// <summary>
/// A member of the staff. The user name is what they sign in with and what is written down of who did something; it never changes, and a member is shut out rather than
/// deleted, so the audit log always means the same person by it.
/// </summary>
public sealed class StaffMember : IdentityUser<Guid>
{
    internal const int MaxUsedCodes = 200;

    /// <summary>What they may do.</summary>
    public StaffRole Role { get; set; }

    /// <summary>False: shut out.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>Null: not yet.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>The latest codes of their authenticator that were taken, the last one first: none is taken twice (RFC 6238, 5.2).</summary>
    public string? UsedCodes { get; set; }

    /// <summary>Of the first member: a hash of the setting <c>Staff:Password</c> that was taken over last, so that it counts only when it changes.</summary>
    public string? PasswordSetting { get; set; }
}
