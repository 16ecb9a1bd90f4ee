using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account.Invitations;

/// <summary>
/// For members who have forgotten their password: a manager makes a link and hands it over, and whoever has it chooses another one. It is signed and sealed, good for a day, and
/// ends with the password that it was made for, or with anything else that ends the member's sessions.
/// </summary>
public sealed class PasswordLinks(StaffChanges changes, IServiceScopeFactory scopes, IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const string Over = "over";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("storefront.staff.passwords.v1").ToTimeLimitedDataProtector();

    /// <summary>Makes a link for a member: why not, or its path and query.</summary>
    public async Task<Invited> MakeAsync(Guid id, string by)
    {
        string? path = null;
        var refusal = await changes.RunAsync(by, async (members, _) =>
        {
            if (await members.FindByIdAsync(id.ToString()) is not { IsActive: true } member)
            {
                return StaffChange.Refused("They are not let in, so a password would be of no use.");
            }

            path = $"{NewPasswordPage.Address}?link={Uri.EscapeDataString(_protector.Protect($"{member.Id} {member.SecurityStamp}", Lifetime))}";
            return StaffChange.Of(member, "staff.password-link");
        });
        return new(refusal, path);
    }

    /// <summary>Whose link it is; null: it is worth nothing (any more).</summary>
    public async Task<string?> NameAsync(string? link)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await FindAsync(scope.ServiceProvider.GetRequiredService<StaffMembers>(), link))?.UserName;
    }

    /// <summary>Gives the member another password. A lockout ends, the second factor stays; passkeys go, since a stranger who knew the password may have added one.</summary>
    public async Task<Joined> ChooseAsync(string? link, string? password)
    {
        if (await NameAsync(link) is not { } name)
        {
            return new();
        }

        if (NewPassword.FaultIn(password) is { } fault)
        {
            return new(PasswordFault: fault);
        }

        StaffMember? member = null;
        var refusal = await changes.RunAsync(name, async (members, db) =>
        {
            member = await FindAsync(members, link);
            if (member is null)
            {
                return StaffChange.Refused(Over);
            }

            (member.LockoutEnd, member.AccessFailedCount) = (null, 0);
            var kept = await members.ForgetPasskeysAsync(db, member) is { Succeeded: false } refused ? refused : await members.SetPasswordAsync(member, password!);
            return StaffChanges.If(kept, StaffChange.Of(member, "staff.password", "by a manager's link"));
        });
        return refusal is null ? new(member) : refusal == Over ? new() : new(PasswordFault: refusal);
    }

    private async Task<StaffMember?> FindAsync(StaffMembers members, string? link)
    {
        try
        {
            return _protector.Unprotect(link ?? "").Split(' ') is [var id, var stamp] && await members.FindByIdAsync(id) is { IsActive: true } member && member.SecurityStamp == stamp ? member : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
