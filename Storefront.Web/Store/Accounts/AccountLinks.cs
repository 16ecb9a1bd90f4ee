using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Storefront.Web.Store.Accounts;

/// <summary>What a link in an account's mail lets its reader do.</summary>
public abstract record AccountLink
{
    private AccountLink()
    {
    }

    /// <summary>Have an account with this address: they read its mail.</summary>
    public sealed record Open(string Email) : AccountLink;

    /// <summary>Choose another password, once: the token ends with the password it was made for.</summary>
    public sealed record Reset(Guid Account, string Token) : AccountLink;
}

/// <summary>
/// The links in the accounts' mails, signed and sealed with the keys that all of the shop's processes share, good for a day.
/// Until an address is proved by one, nothing of it is kept.
/// </summary>
public sealed class AccountLinks(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("storefront.accounts.links.v1").ToTimeLimitedDataProtector();

    /// <summary>The page's path and query for a link.</summary>
    public string PathOf(AccountLink link) => $"{Pages.PasswordPage.Address}?link={Uri.EscapeDataString(Seal(link))}";

    /// <summary>The link as its page posts it.</summary>
    public string Seal(AccountLink link) => _protector.Protect(JsonSerializer.Serialize(link switch
    {
        AccountLink.Reset reset => new Sealed(null, reset.Account, reset.Token),
        AccountLink.Open open => new Sealed(open.Email, null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(link)),
    }), Lifetime);

    /// <summary>What a link says; null: it is none of ours, or has run out.</summary>
    public AccountLink? Read(string? text)
    {
        try
        {
            return JsonSerializer.Deserialize<Sealed>(_protector.Unprotect(text ?? "")) switch
            {
                { Email: { } email } => new AccountLink.Open(email),
                { Account: { } account, Token: { } token } => new AccountLink.Reset(account, token),
                _ => null,
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Sealed(string? Email, Guid? Account, string? Token);
}
