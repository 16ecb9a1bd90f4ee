using Microsoft.AspNetCore.Identity;
using Storefront.Web.Account.Data;
using Storefront.Web.Passkeys;

namespace Storefront.Web.Account.Passkeys;

/// <summary>The passkeys of members of the staff, for themselves and for managers. Each change answers why it was refused; null: done.</summary>
public sealed class StaffPasskeys(StaffChanges changes, IServiceScopeFactory scopes)
{
    private const string Action = "staff.passkey";

    private static readonly StaffChange Nobody = StaffChange.Refused("There is no such member of the staff.");
    private static readonly StaffChange Gone = StaffChange.Refused("You have no such passkey (any more).");

    /// <summary>A member's own, the oldest first; empty for somebody who is none.</summary>
    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(string me)
    {
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<StaffMembers>();
        return await members.FindByNameAsync(me) is { } member ? await members.ListPasskeysAsync(member) : [];
    }

    /// <summary>Keeps one that their browser made; it ends no session.</summary>
    public Task<string?> KeepAsync(string me, string? name, UserPasskeyInfo made) => ChangeAsync(me, async (members, member) =>
    {
        if (!PasskeyName.TryRead(name, out var read))
        {
            return StaffChange.Refused(PasskeySentences.NameFault);
        }

        if (await members.HasAllPasskeysAsync(member))
        {
            return StaffChange.Refused(PasskeySentences.Of(PasskeyFault.TooMany));
        }

        // The same form, sent twice.
        if (await members.FindByPasskeyIdAsync(made.CredentialId) is not null)
        {
            return StaffChange.Refused(PasskeySentences.Of(PasskeyFault.Known));
        }

        made.Name = read;
        return StaffChanges.If(await members.AddOrUpdatePasskeyAsync(member, made), StaffChange.Of(member, Action, $"\"{read}\" added"));
    });

    /// <summary>Gives one another name.</summary>
    public Task<string?> RenameAsync(string me, string id, string? name) => ChangeAsync(me, async (members, member) =>
    {
        if (!PasskeyName.TryRead(name, out var read))
        {
            return StaffChange.Refused(PasskeySentences.NameFault);
        }

        if (await members.FindPasskeyAsync(member, id) is not { } passkey)
        {
            return Gone;
        }

        var before = passkey.Name;
        passkey.Name = read;
        return StaffChanges.If(await members.AddOrUpdatePasskeyAsync(member, passkey), StaffChange.Of(member, Action, $"\"{before}\" → \"{read}\""));
    });

    /// <summary>Removes one. It ends all their sessions: whoever came in by it is out.</summary>
    public Task<string?> RemoveAsync(string me, string id) => ChangeAsync(me, async (members, member) =>
    {
        if (await members.FindPasskeyAsync(member, id) is not { } passkey)
        {
            return Gone;
        }

        var removed = await members.UpdateSecurityStampAsync(member) is { Succeeded: false } refused ? refused : await members.RemovePasskeyAsync(member, passkey.CredentialId);
        return StaffChanges.If(removed, StaffChange.Of(member, Action, $"\"{passkey.Name}\" removed, by themselves"));
    });

    /// <summary>Removes all of a member's, who has lost a device or should not have it any more. It ends all their sessions.</summary>
    public Task<string?> RemoveAllAsync(Guid id, string by) => changes.RunAsync(by, async (members, db) =>
    {
        if (await members.FindByIdAsync(id.ToString()) is not { } member)
        {
            return Nobody;
        }

        var count = (await members.GetPasskeysAsync(member)).Count;
        return count == 0
            ? StaffChange.Refused($"{member.UserName} has no passkeys.")
            : StaffChanges.If(await members.ForgetPasskeysAsync(db, member), StaffChange.Of(member, Action, $"all {count} removed"));
    });

    private Task<string?> ChangeAsync(string me, Func<StaffMembers, StaffMember, Task<StaffChange>> change) =>
        changes.RunAsync(me, async (members, _) => await members.FindByNameAsync(me) is { } member ? await change(members, member) : Nobody);
}
