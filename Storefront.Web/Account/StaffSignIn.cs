using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Web.Account.Data;
using Storefront.Web.Passkeys;

namespace Storefront.Web.Account;

/// <summary>What came of an attempt to sign in.</summary>
public abstract record SignInStep
{
    private SignInStep()
    {
    }

    /// <summary>No.</summary>
    public sealed record Refused : SignInStep;

    /// <summary>The password is right, and a code is asked for as well.</summary>
    /// <param name="Ticket">Stands for name and password; good for <see cref="StaffSignIn.TicketLifetime"/>.</param>
    public sealed record NeedsCode(string Ticket) : SignInStep;

    /// <summary>It is them.</summary>
    public sealed record Proved(StaffMember Member) : SignInStep;
}

/// <summary>
/// Proves who signs in. An unknown name, a wrong password, a member who is shut out and one who rests after five wrong tries are one answer, and take as long:
/// one password is hashed either way.
/// </summary>
public sealed class StaffSignIn(
    StaffMembers members, StaffDb db, IPasswordHasher<StaffMember> hasher, PasskeyCeremonies<StaffMember> passkeys, IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    private static readonly SignInStep.Refused Refused = new();

    private static string? _nobodysHash;

    private readonly ITimeLimitedDataProtector _tickets = protection.CreateProtector("storefront.staff.tickets.v1").ToTimeLimitedDataProtector();

    public async Task<SignInStep> WithPasswordAsync(string? name, string? password)
    {
        password = password is { Length: <= NewPassword.Most } ? password : "";
        if (await members.MeantByAsync(name) is not { } member || await members.IsLockedOutAsync(member))
        {
            hasher.VerifyHashedPassword(null!, _nobodysHash ??= hasher.HashPassword(null!, "nobody's password"), password);
            return Refused;
        }

        if (!await members.CheckPasswordAsync(member, password) || !member.IsActive)
        {
            await members.AccessFailedAsync(member);
            return Refused;
        }

        return member.TwoFactorEnabled ? new SignInStep.NeedsCode(_tickets.Protect($"{member.Id} {member.SecurityStamp}", TicketLifetime)) : await ProveAsync(member);
    }

    /// <summary>The second factor: a code of the authenticator, or one of the recovery codes; each is good once.</summary>
    /// <param name="ticket">Of <see cref="SignInStep.NeedsCode"/>.</param>
    /// <param name="typed">The code.</param>
    /// <returns>Null: the ticket is too old, or was never one; begin again with the password.</returns>
    public async Task<SignInStep?> WithCodeAsync(string? ticket, string? typed)
    {
        if (await HolderAsync(ticket) is not { } member)
        {
            return null;
        }

        var code = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (await members.IsLockedOutAsync(member))
        {
            return Refused;
        }

        if (await StaffCodes.TakeAsync(members, member, code) || (await members.RedeemTwoFactorRecoveryCodeAsync(member, code.ToUpperInvariant())).Succeeded)
        {
            return await ProveAsync(member);
        }

        await members.AccessFailedAsync(member);
        return Refused;
    }

    /// <summary>A passkey says by itself whose it is, and its device has made sure who holds it: so there is no code to ask for, and it opens for a member who rests, too.</summary>
    /// <returns>Who it is; or why it is not taken.</returns>
    public async Task<(StaffMember? Member, PasskeyFault? Fault)> WithPasskeyAsync(PasskeyAnswer answer)
    {
        var (member, fault) = await passkeys.UsedAsync(answer);
        if (member is { IsActive: true })
        {
            await NoteAsync(member);
            return (member, null);
        }

        return (null, fault ?? PasskeyFault.Unknown);
    }

    private async Task<StaffMember?> HolderAsync(string? ticket)
    {
        try
        {
            return _tickets.Unprotect(ticket ?? "").Split(' ') is [var id, var stamp] && await members.FindByIdAsync(id) is { IsActive: true, TwoFactorEnabled: true } member && member.SecurityStamp == stamp
                ? member
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<SignInStep> ProveAsync(StaffMember member)
    {
        await NoteAsync(member);
        return new SignInStep.Proved(member);
    }

    private async Task NoteAsync(StaffMember member)
    {
        var now = time.GetUtcNow();
        // Not by Identity's update, which two sign-ins at a time would refuse one of.
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSignInAt, now).SetProperty(m => m.AccessFailedCount, 0));
    }
}
