using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Storefront.Web.Account.Invitations;

/// <summary>The links by which somebody joins the staff, signed and sealed with the keys that all of the shop's processes share, good for three days.</summary>
public sealed class InvitationLinks(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("storefront.staff.invitations.v1").ToTimeLimitedDataProtector();

    /// <summary>The page's path and query for an invitation.</summary>
    public string PathOf(Guid invitation) => $"{InvitationPage.Address}?link={Uri.EscapeDataString(_protector.Protect(invitation.ToString(), Lifetime))}";

    /// <summary>Which invitation a link is of; null: it is none of ours, or has run out.</summary>
    public Guid? Read(string? link)
    {
        try
        {
            return Guid.TryParse(_protector.Unprotect(link ?? ""), out var invitation) ? invitation : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
