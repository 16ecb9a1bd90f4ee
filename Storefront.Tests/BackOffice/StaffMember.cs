using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Tests.BackOffice;

/// <summary>Who sits before a part of the back office that is rendered by itself, under the back office's own rules.</summary>
internal sealed class StaffMember : AuthenticationStateProvider
{
    private ClaimsPrincipal _user = new(new ClaimsIdentity());

    /// <summary>Holly, in a role; null: her session has ended.</summary>
    public void Become(StaffRole? role)
    {
        _user = new(role is null ? new ClaimsIdentity() : new ClaimsIdentity([new(ClaimTypes.Name, "Holly"), new(ClaimTypes.Role, role.Value.ToString())], "test"));
    }

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(_user));
}

internal static class StaffServices
{
    /// <summary>Holly and what she may. What the page showed her stays as it is when she becomes somebody else: so it is with pages that stand open.</summary>
    public static StaffMember AddStaff(this IServiceCollection services, StaffRole role)
    {
        var staff = new StaffMember();
        staff.Become(role);
        services.AddSingleton<AuthenticationStateProvider>(staff).AddCascadingAuthenticationState();
        services.AddAuthorizationCore(OfficePolicy.Add);
        // In place of those that refuse to be asked in a test.
        services.AddSingleton<IAuthorizationService, DefaultAuthorizationService>().AddSingleton<IAuthorizationPolicyProvider, DefaultAuthorizationPolicyProvider>();
        services.AddScoped<StaffPermit>().AddScoped<StaffAction>();
        return staff;
    }
}
