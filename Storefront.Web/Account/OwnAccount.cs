using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>A member of the staff, as they see themselves.</summary>
public sealed record OwnFacts(string Name, string? Email, StaffRole Role, bool HasTwoFactor, int RecoveryCodes, DateTimeOffset JoinedAt);

/// <summary>What came of setting up a second factor: why not, or the codes that stand in for a lost phone, shown this once.</summary>
public sealed record RecoveryCodes(string? Refusal, IReadOnlyList<string> Codes);

/// <summary>What members of the staff do with their own way to sign in. Each is named by their own name, as their session has it.</summary>
public sealed class OwnAccount(StaffChanges changes, IServiceScopeFactory scopes)
{
    /// <summary>Recovery codes that are made at a time.</summary>
    public const int RecoveryCodesMade = 10;

    private const string WrongPassword = "That is not your present password. Nothing was changed.";

    private static readonly StaffChange Nobody = StaffChange.Refused("There is no such member of the staff.");

    /// <summary>Null: there is no such member.</summary>
    public Task<OwnFacts?> ReadAsync(string me) => AskAsync(async members => await members.FindByNameAsync(me) is { } member
        ? new OwnFacts(member.UserName!, member.Email, member.Role, member.TwoFactorEnabled, await members.CountRecoveryCodesAsync(member), member.JoinedAt)
        : null);

    /// <summary>Another password; it ends all their sessions, this one too.</summary>
    /// <returns>Why not; null: done.</returns>
    public async Task<string?> ChangePasswordAsync(string me, string? present, string? anew) =>
        NewPassword.FaultIn(anew) ?? (!await ProveAsync(me, present) ? WrongPassword : await ChangeAsync(me, async (members, _, member) =>
        {
            if (present == anew)
            {
                return StaffChange.Refused("That is the password you have. Choose another one.");
            }

            return StaffChanges.If(await members.ChangePasswordAsync(member, present!, anew!), StaffChange.Of(member, "staff.password", "by themselves"));
        }));

    /// <summary>A key to set up an authenticator with; nothing is kept of it until <see cref="TryKeyAsync"/>.</summary>
    public Task<string> NewKeyAsync() => AskAsync(members => Task.FromResult(members.GenerateNewAuthenticatorKey()));

    /// <summary>Keeps a key of whose code the member has, with new recovery codes; it counts from <see cref="TurnOnAsync"/> on.</summary>
    public async Task<RecoveryCodes> TryKeyAsync(string me, string key, string? code)
    {
        IReadOnlyList<string> made = [];
        var refusal = await ChangeAsync(me, async (members, _, member) =>
        {
            if (member.TwoFactorEnabled)
            {
                return StaffChange.Refused("Your second factor is on already. Turn it off first to set up another phone.");
            }

            await members.GiveKeyAsync(member, key);
            if (!await StaffCodes.TakeAsync(members, member, string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c)))))
            {
                return StaffChange.Refused("That is not the code. It has six digits and changes every half minute; check that your phone's clock is right.");
            }

            made = await MakeAsync(members, member);
            return StaffChange.Of(member, "staff.two-factor", "authenticator set up");
        });
        return new(refusal, made);
    }

    /// <summary>From now on the code is asked for. It ends all their sessions, this one too.</summary>
    public Task<string?> TurnOnAsync(string me) => ChangeAsync(me, async (members, _, member) =>
        member.TwoFactorEnabled || await members.GetAuthenticatorKeyAsync(member) is null || await members.CountRecoveryCodesAsync(member) == 0
            ? StaffChange.Refused("Set up an authenticator first.")
            : StaffChanges.If(await members.SetTwoFactorEnabledAsync(member, enabled: true), StaffChange.Of(member, "staff.two-factor", "off → on")));

    public async Task<string?> TurnOffAsync(string me, string? password) => !await ProveAsync(me, password) ? WrongPassword : await ChangeAsync(me, async (members, db, member) =>
        StaffChanges.If(await members.ForgetSecondFactorAsync(db, member), StaffChange.Of(member, "staff.two-factor", "on → off, by themselves")));

    /// <summary>New recovery codes; those from before are worth nothing any more.</summary>
    public async Task<RecoveryCodes> RenewCodesAsync(string me, string? password)
    {
        if (!await ProveAsync(me, password))
        {
            return new(WrongPassword, []);
        }

        IReadOnlyList<string> made = [];
        var refusal = await ChangeAsync(me, async (members, _, member) =>
        {
            made = await MakeAsync(members, member);
            return StaffChange.Of(member, "staff.two-factor", "new recovery codes");
        });
        return new(refusal, made);
    }

    public Task<string?> SignOutEverywhereAsync(string me) => ChangeAsync(me, async (members, _, member) =>
        StaffChanges.If(await members.UpdateSecurityStampAsync(member), StaffChange.Of(member, "staff.sign-out", "everywhere, by themselves")));

    private static async Task<IReadOnlyList<string>> MakeAsync(StaffMembers members, StaffMember member) =>
        [.. await members.GenerateNewTwoFactorRecoveryCodesAsync(member, RecoveryCodesMade) ?? []];

    private Task<string?> ChangeAsync(string me, Func<StaffMembers, StaffDb, StaffMember, Task<StaffChange>> change) =>
        changes.RunAsync(me, async (members, db) => await members.FindByNameAsync(me) is { } member ? await change(members, db, member) : Nobody);

    /// <summary>The password once more, since a page may have been left open; five wrong ones, and it rests as at the sign-in. Outside of the change, which may come to nothing.</summary>
    internal Task<bool> ProveAsync(string me, string? password) => AskAsync(async members =>
    {
        if (await members.FindByNameAsync(me) is not { } member || await members.IsLockedOutAsync(member))
        {
            return false;
        }

        if (password is { Length: > 0 and <= NewPassword.Most } && await members.CheckPasswordAsync(member, password))
        {
            await members.ResetAccessFailedCountAsync(member);
            return true;
        }

        await members.AccessFailedAsync(member);
        return false;
    });

    private async Task<T> AskAsync<T>(Func<StaffMembers, Task<T>> ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<StaffMembers>());
    }
}
