using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Storefront.Web.Account;

/// <summary>
/// Who sits at a circuit. A circuit outlives the request that opened it, so it hears of the session's end here:
/// at once when somebody signs out, and after <see cref="StaffSessions.Lifetime"/> in any case.
/// </summary>
internal sealed class StaffAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private readonly StaffSessions _sessions;
    private readonly ITimer _lifetime;

    public StaffAuthenticationState(StaffSessions sessions, TimeProvider time)
    {
        _sessions = sessions;
        _sessions.Ended += OnEnded;
        _lifetime = time.CreateTimer(_ => Leave(), null, StaffSessions.Lifetime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _sessions.Ended -= OnEnded;
        _lifetime.Dispose();
    }

    private void OnEnded(object? sender, SessionEndedEventArgs ended) => _ = LeaveIfAsync(ended.Session);

    private async Task LeaveIfAsync(string session)
    {
        var state = await GetAuthenticationStateAsync();
        if (StaffSessions.SessionOf(state.User) == session)
        {
            Leave();
        }
    }

    private void Leave() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
}
