using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>Where a password made at first start is shown: the console, and nothing that keeps a log.</summary>
public sealed record Announcement(Action<string> Show);

/// <summary>
/// The member with whom every shop begins, "manager", and who can always be let in again by whoever has the shop's settings: a changed <c>Staff:Password</c> becomes their
/// password, makes them a manager who is let in, and forgets the second factor and the passkeys that they may have lost.
/// </summary>
public sealed class FirstManager(StaffMembers members, StaffDb db, IPasswordHasher<StaffMember> hasher, IOptions<StaffOptions> options, IOptions<DataOptions> data, Announcement announcement, TimeProvider time)
{
    public const string Name = "manager";

    /// <summary>No 0, 1, i, l, o, u: read from a console and typed on a phone. Twelve of them are 58 bits.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz23456789";

    private string? Wanted => string.IsNullOrEmpty(options.Value.Password) ? null : options.Value.Password;

    /// <summary>Makes the first manager, or has them follow the setting. True: the setting has changed how they sign in.</summary>
    /// <exception cref="InvalidDataException">The file of an earlier version cannot be read; the message says what to do.</exception>
    public async Task<bool> EnsureAsync()
    {
        var file = data.Value.PathOf("secrets", "staff.json");
        if (await members.FindByNameAsync(Name) is { } manager)
        {
            var changed = await FollowSettingAsync(manager);
            File.Delete(file);
            return changed;
        }

        var kept = EarlierStaffFile.Read(file);
        // A password of an earlier version stays good, with or without the setting.
        var hash = Wanted is null ? kept ?? Hash(Announced()) : kept is not null && Matches(kept, Wanted) ? kept : Hash(Wanted);
        await KeepAsync(members.CreateAsync(new()
        {
            UserName = Name, Role = StaffRole.Manager, PasswordHash = hash, PasswordSetting = Wanted is null ? null : hash, JoinedAt = time.GetUtcNow(),
        }));
        // The hash is in the database now.
        File.Delete(file);
        return false;
    }

    private async Task<bool> FollowSettingAsync(StaffMember manager)
    {
        if (Wanted is null)
        {
            if (manager.PasswordSetting is not null)
            {
                manager.PasswordSetting = null;
                await KeepAsync(members.UpdateAsync(manager));
            }

            return false;
        }

        if (manager.PasswordSetting is { } followed && Matches(followed, Wanted))
        {
            return false;
        }

        var isTheirs = manager.PasswordHash is { } present && Matches(present, Wanted);
        manager.PasswordSetting = isTheirs ? manager.PasswordHash : Hash(Wanted);
        if (!isTheirs)
        {
            (manager.PasswordHash, manager.Role, manager.IsActive, manager.TwoFactorEnabled) = (manager.PasswordSetting, StaffRole.Manager, true, false);
            (manager.LockoutEnd, manager.AccessFailedCount) = (null, 0);
            await KeepAsync(members.ForgetPasskeysAsync(db, manager));
            return true;
        }

        // The same password keeps its sessions.
        await KeepAsync(members.UpdateAsync(manager));
        return false;
    }

    private static async Task KeepAsync(Task<IdentityResult> keeping)
    {
        if (await keeping is { Succeeded: false } result)
        {
            throw new InvalidOperationException($"The first manager could not be kept: {string.Join(' ', result.Errors.Select(e => e.Description))}");
        }
    }

    private string Hash(string password) => hasher.HashPassword(null!, password);

    private bool Matches(string hash, string password) => hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>A new password, shown this once; what is kept cannot be turned back into it.</summary>
    private string Announced()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 12);
        var password = $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
        announcement.Show($"Staff password: {password} (of \"{Name}\", made at first start and shown once; set Staff__Password to choose your own)");
        return password;
    }
}
