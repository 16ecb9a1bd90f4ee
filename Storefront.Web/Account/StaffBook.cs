using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>A member of the staff, as managers see them.</summary>
public sealed record ListedMember(Guid Id, string Name, string? Email, StaffRole Role, bool IsActive, bool HasTwoFactor, int Passkeys, DateTimeOffset JoinedAt, DateTimeOffset? LastSignInAt)
{
    internal static Expression<Func<StaffMember, ListedMember>> RowOf(StaffDb db) =>
        m => new(m.Id, m.UserName!, m.Email, m.Role, m.IsActive, m.TwoFactorEnabled, db.UserPasskeys.Count(p => p.UserId == m.Id), m.JoinedAt, m.LastSignInAt);
}

/// <summary>The staff, and what managers do with it. Each change answers why it was refused, or null, and ends the sessions of the member it is about.</summary>
public sealed class StaffBook(StaffChanges changes, IServiceScopeFactory scopes)
{
    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<ListedMember>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StaffDb>();
        var members = await db.Users.AsNoTracking().Select(ListedMember.RowOf(db)).ToListAsync(cancellationToken);
        return [.. members.OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>One of them; null: there is no such member.</summary>
    public async Task<ListedMember?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StaffDb>();
        return await db.Users.AsNoTracking().Where(m => m.Id == id).Select(ListedMember.RowOf(db)).SingleOrDefaultAsync(cancellationToken);
    }

    public Task<string?> ChangeRoleAsync(Guid id, StaffRole role, string by) => ChangeAsync(id, by, async (members, db, member) =>
    {
        if (member.Role == role)
        {
            return StaffChange.Refused($"{member.UserName} has that role already.");
        }

        if (await IsLastManagerAsync(db, member))
        {
            return StaffChange.Refused($"{member.UserName} is the last manager who is let in, so they stay one. Make somebody else a manager first.");
        }

        var before = member.Role;
        member.Role = role;
        await WithdrawOfAsync(db, member);
        return StaffChanges.If(await members.UpdateSecurityStampAsync(member), StaffChange.Of(member, "staff.role", $"{before} → {role}"));
    });

    public Task<string?> ShutOutAsync(Guid id, string by) => ChangeAsync(id, by, async (members, db, member) =>
    {
        if (!member.IsActive)
        {
            return StaffChange.Refused($"{member.UserName} is shut out already.");
        }

        if (await IsLastManagerAsync(db, member))
        {
            return StaffChange.Refused($"{member.UserName} is the last manager who is let in; without them nobody could let anybody in. Make somebody else a manager first.");
        }

        member.IsActive = false;
        await WithdrawOfAsync(db, member);
        return StaffChanges.If(await members.UpdateSecurityStampAsync(member), StaffChange.Of(member, "staff.shut-out"));
    });

    public Task<string?> LetInAsync(Guid id, string by) => ChangeAsync(id, by, async (members, _, member) =>
    {
        if (member.IsActive)
        {
            return StaffChange.Refused($"{member.UserName} is let in already.");
        }

        (member.IsActive, member.LockoutEnd, member.AccessFailedCount) = (true, null, 0);
        return StaffChanges.If(await members.UpdateSecurityStampAsync(member), StaffChange.Of(member, "staff.let-in"));
    });

    /// <summary>For somebody who has lost their phone.</summary>
    public Task<string?> ResetTwoFactorAsync(Guid id, string by) => ChangeAsync(id, by, async (members, db, member) => member.TwoFactorEnabled
        ? StaffChanges.If(await members.ForgetSecondFactorAsync(db, member), StaffChange.Of(member, "staff.two-factor", "on → off"))
        : StaffChange.Refused($"{member.UserName} has no second factor."));

    public Task<string?> SignOutEverywhereAsync(Guid id, string by) => ChangeAsync(id, by, async (members, _, member) =>
        StaffChanges.If(await members.UpdateSecurityStampAsync(member), StaffChange.Of(member, "staff.sign-out", "everywhere")));

    private Task<string?> ChangeAsync(Guid id, string by, Func<StaffMembers, StaffDb, StaffMember, Task<StaffChange>> change) => changes.RunAsync(by, async (members, db) =>
        await members.FindByIdAsync(id.ToString()) is { } member ? await change(members, db, member) : StaffChange.Refused("There is no such member of the staff."));

    private static async Task<bool> IsLastManagerAsync(StaffDb db, StaffMember member) =>
        member is { Role: StaffRole.Manager, IsActive: true } && !await db.Users.AnyAsync(m => m.Id != member.Id && m.IsActive && m.Role == StaffRole.Manager);

    // Whoever may not invite any more has invited nobody.
    private static async Task WithdrawOfAsync(StaffDb db, StaffMember member) => await db.Invitations.Where(i => i.InvitedBy == member.Id).ExecuteDeleteAsync();
}
