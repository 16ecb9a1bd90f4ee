using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>
/// Who is signed in. The cookie carries the session, and counts as long as the member stands as it says. Kept here are only the sessions that ended before their cookie did,
/// so that signing out counts for open pages and for copies of the cookie, too (until the shop restarts).
/// </summary>
public sealed class StaffSessions(StaffRoster roster, TimeProvider time)
{
    /// <summary>How long a session lasts without a request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>For open pages: a session has ended by signing out. Handlers must only note it and return.</summary>
    public event EventHandler<SessionEndedEventArgs>? Ended;

    /// <summary>A new session of somebody who has proved who they are.</summary>
    public static ClaimsPrincipal Begin(StaffMember member) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, member.Id.ToString()),
            new(ClaimTypes.Name, member.UserName!),
            new(ClaimTypes.Role, member.Role.ToString()),
            new(StampClaim, member.SecurityStamp!),
            new(SessionClaim, Guid.NewGuid().ToString("N")),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Whether a session still stands: not ended, and of a member who is let in, with the role and since the password and all else that it was begun with.</summary>
    public async ValueTask<bool> IsValidAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        SessionOf(user) is { } session && !_ended.ContainsKey(session) && MemberOf(user) is { } member
        && await roster.OfAsync(member, cancellationToken) is { IsActive: true } standing
        && user.FindFirstValue(StampClaim) == standing.Stamp && user.FindFirstValue(ClaimTypes.Role) == standing.Role.ToString();

    /// <summary>From now on the session is worth nothing.</summary>
    public void End(ClaimsPrincipal user)
    {
        if (SessionOf(user) is not { } session)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (old, at) in _ended)
        {
            // Its cookie has run out by itself.
            if (at + Lifetime < now)
            {
                _ended.TryRemove(old, out _);
            }
        }

        _ended[session] = now;
    }

    /// <summary>Sends the session's open pages away.</summary>
    public void Tell(ClaimsPrincipal user)
    {
        if (SessionOf(user) is { } session)
        {
            Ended?.Invoke(this, new(session));
        }
    }

    public static string? SessionOf(ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    /// <summary>Whose session it is; null: nobody's.</summary>
    public static Guid? MemberOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var member) ? member : null;
}

/// <summary>The id of a session that ended.</summary>
public sealed class SessionEndedEventArgs(string session) : EventArgs
{
    public string Session => session;
}
