using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Storefront.Web.Account;

/// <summary>Asked by every action of the back office at the moment it acts: a page may have stood open since somebody's role or session ended.</summary>
public sealed class StaffPermit(AuthenticationStateProvider sessions, IAuthorizationService rules)
{
    /// <summary>Who acts, if they may.</summary>
    /// <param name="policy">One of <see cref="OfficePolicy"/>.</param>
    public async Task<Permission> AskAsync(string policy)
    {
        var user = (await sessions.GetAuthenticationStateAsync()).User;
        if (user.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            return new(null, "Your session has ended; sign in again. Nothing was changed.");
        }

        return (await rules.AuthorizeAsync(user, policy)).Succeeded
            ? new(name, null)
            : new(null, policy == OfficePolicy.Manage ? "Only a manager may do that. Nothing was changed." : "Your role may look, but not change anything. Nothing was changed.");
    }
}

/// <summary>Who acts, or why they may not.</summary>
/// <param name="Name">The actor as shown; null when it is not permitted.</param>
/// <param name="Refusal">What to tell them; null when it is.</param>
public readonly record struct Permission(string? Name, string? Refusal)
{
    /// <summary>Whether the action may go ahead.</summary>
    [MemberNotNullWhen(true, nameof(Name))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsGiven => Name is not null;
}
