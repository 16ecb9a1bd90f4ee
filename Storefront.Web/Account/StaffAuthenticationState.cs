using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Storefront.Web.Account;

/// <summary>
/// Who sits at a circuit. A circuit outlives the request that opened it, so it hears of the session's end here: at once when somebody signs out or this process changes
/// the member, soon after another process has, and after <see cref="StaffSessions.Lifetime"/> in any case.
/// </summary>
internal sealed class StaffAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private readonly StaffSessions _sessions;
    private readonly StaffRoster _roster;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _ends;
    private readonly CancellationTokenSource _leaving = new();
    private ITimer? _looks;

    public StaffAuthenticationState(StaffSessions sessions, StaffRoster roster, TimeProvider time)
    {
        (_sessions, _roster, _time) = (sessions, roster, time);
        _ends = time.GetUtcNow() + StaffSessions.Lifetime;
        _sessions.Ended += OnEnded;
        _roster.Changed += OnChanged;
        AuthenticationStateChanged += OnSet;
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= OnSet;
        _sessions.Ended -= OnEnded;
        _roster.Changed -= OnChanged;
        _looks?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <summary>Only where somebody is signed in there is anything to look after: a customer's tracker has a circuit, too.</summary>
    private void OnSet(Task<AuthenticationState> state)
    {
        _looks?.Dispose();
        _looks = state is { IsCompletedSuccessfully: true, Result.User: var user } && StaffSessions.MemberOf(user) is null
            ? null
            : _time.CreateTimer(_ => _ = LeaveUnlessAsync(IsValidAsync), null, StaffRoster.Freshness, StaffRoster.Freshness);
    }

    private void OnEnded(object? sender, SessionEndedEventArgs ended) =>
        _ = LeaveUnlessAsync(user => ValueTask.FromResult(StaffSessions.SessionOf(user) != ended.Session));

    private void OnChanged(object? sender, MemberChangedEventArgs changed) =>
        _ = LeaveUnlessAsync(user => StaffSessions.MemberOf(user) != changed.Member ? ValueTask.FromResult(true) : IsValidAsync(user));

    private async ValueTask<bool> IsValidAsync(ClaimsPrincipal user) =>
        StaffSessions.MemberOf(user) is null || (_time.GetUtcNow() < _ends && await _sessions.IsValidAsync(user, _leaving.Token));

    private async Task LeaveUnlessAsync(Func<ClaimsPrincipal, ValueTask<bool>> stays)
    {
        try
        {
            if (!await stays((await GetAuthenticationStateAsync()).User))
            {
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody sits here yet, or any more.
        }
    }
}
