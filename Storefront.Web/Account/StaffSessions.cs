using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Storefront.Web.Account;

/// <summary>
/// Who is signed in. The cookie carries the session; kept here are only the sessions that ended before their cookie did,
/// so that signing out counts for open pages and for copies of the cookie, too (until the shop restarts).
/// </summary>
public sealed class StaffSessions(StaffPassword password, TimeProvider time)
{
    /// <summary>How long a session lasts without a request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>For open pages: a session has ended by signing out. Handlers must only note it and return.</summary>
    public event EventHandler<SessionEndedEventArgs>? Ended;

    /// <summary>A new session for somebody who knows the password.</summary>
    public ClaimsPrincipal Begin() => new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, "Staff"),
            new(ClaimTypes.Role, nameof(StaffRole.Manager)),
            new(StampClaim, password.Stamp),
            new(SessionClaim, Guid.NewGuid().ToString("N")),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Whether a cookie's session still stands: made under the present password and not ended.</summary>
    public bool IsValid(ClaimsPrincipal user) =>
        user.FindFirstValue(StampClaim) == password.Stamp && SessionOf(user) is { } session && !_ended.ContainsKey(session);

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
}

/// <summary>The id of a session that ended.</summary>
public sealed class SessionEndedEventArgs(string session) : EventArgs
{
    public string Session => session;
}
