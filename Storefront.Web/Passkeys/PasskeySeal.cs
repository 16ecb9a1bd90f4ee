using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Storefront.Web.Passkeys;

/// <summary>
/// Keeps an offer's state in the page that asked for it, signed and sealed with the keys that all of the shop's processes share. (Identity's own way is one cookie for
/// the whole browser: a second tab would spoil the first one's offer, and on a sign-in page an offer is always open.)
/// </summary>
public sealed class PasskeySeal(IDataProtectionProvider protection)
{
    /// <summary>Three times as long as a browser waits for its user; also as long as a page waits for somebody to choose a passkey from the field's list.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Seals a state for one use of it.</summary>
    public string Close(string use, string state) => For(use).Protect(state, Lifetime);

    /// <summary>The state; null: it is none of ours, for another use, or has run out.</summary>
    public string? Open(string use, string? text)
    {
        try
        {
            return For(use).Unprotect(text ?? "");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    internal ITimeLimitedDataProtector For(string use) => protection.CreateProtector("storefront.passkeys.v1", use).ToTimeLimitedDataProtector();
}
