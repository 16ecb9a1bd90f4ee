using Microsoft.EntityFrameworkCore;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account.Invitations;

/// <summary>An invitation that nobody has taken yet.</summary>
public sealed record OpenInvitation(Guid Id, StaffRole Role, string? Email, string InvitedBy, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt);

/// <summary>What came of inviting somebody: why not, or the path and query of the link.</summary>
public sealed record Invited(string? Refusal, string? Path);

/// <summary>What came of taking an invitation: a member, what is wrong with what was typed, or (with neither) an invitation that is over.</summary>
public sealed record Joined(StaffMember? Member = null, string? NameFault = null, string? PasswordFault = null);

/// <summary>How somebody joins the staff: a manager invites them to a role, and with the link they choose name and password.</summary>
public sealed class StaffInvitations(StaffChanges changes, InvitationLinks links, IServiceScopeFactory scopes, TimeProvider time)
{
    private const string Over = "over";

    /// <summary>Those that can still be taken, the newest first.</summary>
    public async Task<IReadOnlyList<OpenInvitation>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StaffDb>();
        var all = await db.Invitations.AsNoTracking().Join(db.Users, i => i.InvitedBy, m => m.Id, (i, m) => new OpenInvitation(i.Id, i.Role, i.Email, m.UserName!, i.InvitedAt, i.ExpiresAt))
            .ToListAsync(cancellationToken);
        return [.. all.Where(i => i.ExpiresAt > time.GetUtcNow()).OrderByDescending(i => i.InvitedAt)];
    }

    /// <param name="role">What they will be.</param>
    /// <param name="typedEmail">Whom the link will be sent to, and with which they may sign in; empty: it is handed over.</param>
    /// <param name="by">Who invites.</param>
    public async Task<Invited> InviteAsync(StaffRole role, string? typedEmail, string by)
    {
        if (!StaffEmail.TryRead(typedEmail, out var email))
        {
            return new("That is no e-mail address. It looks like holly@hopwick.example, or stays empty.", null);
        }

        string? path = null;
        var refusal = await changes.RunAsync(by, async (members, db) =>
        {
            if (await members.FindByNameAsync(by) is not { } inviter)
            {
                return StaffChange.Refused("You are no member of the staff any more.");
            }

            if (email is not null && await members.FindByEmailAsync(email) is { } known)
            {
                return StaffChange.Refused($"{email} belongs to {known.UserName}, who is on the staff already.");
            }

            var now = time.GetUtcNow();
            // What has run out goes with the next one that comes; there are a handful.
            db.Invitations.RemoveRange((await db.Invitations.ToListAsync()).Where(i => i.ExpiresAt <= now));
            var invitation = new StaffInvitation { Role = role, Email = email, InvitedBy = inviter.Id, InvitedAt = now, ExpiresAt = now + InvitationLinks.Lifetime };
            db.Invitations.Add(invitation);
            await db.SaveChangesAsync();
            path = links.PathOf(invitation.Id);
            return StaffChange.Of(invitation, "staff.invite", $"as {role}");
        });
        return new(refusal, path);
    }

    /// <returns>Why not; null: its link is worth nothing any more.</returns>
    public Task<string?> WithdrawAsync(Guid id, string by) => changes.RunAsync(by, async (_, db) =>
    {
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == id) is not { } invitation)
        {
            return StaffChange.Refused("That invitation was taken or withdrawn meanwhile.");
        }

        db.Invitations.Remove(invitation);
        await db.SaveChangesAsync();
        return StaffChange.Of(invitation, "staff.withdraw", $"as {invitation.Role}");
    });

    /// <summary>The role that a link leads to; null: the link is worth nothing (any more).</summary>
    public async Task<StaffRole?> RoleOfAsync(string? link, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return links.Read(link) is { } id && await scope.ServiceProvider.GetRequiredService<StaffDb>().Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is { } invitation
            && invitation.ExpiresAt > time.GetUtcNow()
                ? invitation.Role
                : null;
    }

    /// <summary>Makes the invited one a member. The link is good once.</summary>
    public async Task<Joined> JoinAsync(string? link, string? typedName, string? password)
    {
        if (links.Read(link) is not { } id)
        {
            return new();
        }

        var faults = new Joined(NameFault: StaffName.TryRead(typedName, out var name) ? null : $"A name has {StaffName.Rule}", PasswordFault: NewPassword.FaultIn(password));
        if (faults is not { NameFault: null, PasswordFault: null })
        {
            return faults;
        }

        StaffMember? joined = null;
        var refusal = await changes.RunAsync(name, async (members, db) =>
        {
            if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == id) is not { } invitation || invitation.ExpiresAt <= time.GetUtcNow())
            {
                return StaffChange.Refused(Over);
            }

            if (await members.FindByNameAsync(name) is not null)
            {
                return StaffChange.Refused("Somebody on the staff is called that already. Choose another name.");
            }

            // Goes in the commit that the member comes with.
            db.Invitations.Remove(invitation);
            var isFree = invitation.Email is not null && await members.FindByEmailAsync(invitation.Email) is null;
            joined = new() { UserName = name, Email = isFree ? invitation.Email : null, Role = invitation.Role, JoinedAt = time.GetUtcNow(), LastSignInAt = time.GetUtcNow() };
            var inviter = await members.FindByIdAsync(invitation.InvitedBy.ToString());
            return StaffChanges.If(await members.CreateAsync(joined, password!), StaffChange.Of(joined, "staff.join", $"as {joined.Role}, invited by {inviter?.UserName}"));
        });
        return refusal is null ? new(joined) : refusal == Over ? new() : new(NameFault: refusal);
    }
}
