using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Web.Account;
using Storefront.Web.Account.Data;

namespace Storefront.Tests.Account;

/// <summary>The staff of a test shop, as tests need it.</summary>
internal static class StaffDesk
{
    /// <summary>Long enough.</summary>
    public const string Password = "four clover leaves at dawn";

    /// <summary>Makes a member without the way by an invitation.</summary>
    public static Task<StaffMember> HireAsync(this TestShop shop, string name, StaffRole role, string? email = null) => shop.Services.WithStaffAsync(async members =>
    {
        var member = new StaffMember { UserName = name, Email = email, Role = role, JoinedAt = DateTimeOffset.UtcNow };
        (await members.CreateAsync(member, Password)).Succeeded.ShouldBeTrue();
        return member;
    });

    /// <summary>Does something with the staff's database, past everything that would tell the shop of it: as another process does.</summary>
    public static async Task<T> WithStaffAsync<T>(this IServiceProvider services, Func<StaffMembers, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<StaffMembers>());
    }

    /// <summary>The member as they are now.</summary>
    public static Task<StaffMember> MemberAsync(this IServiceProvider services, string name) =>
        services.WithStaffAsync(async members => (await members.FindByNameAsync(name)).ShouldNotBeNull());

    /// <summary>A circuit at which somebody sits; dispose of it.</summary>
    public static AsyncServiceScope SitDown(this TestShop shop, ClaimsPrincipal user, out AuthenticationStateProvider state)
    {
        var circuit = shop.Services.CreateAsyncScope();
        state = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((ServerAuthenticationStateProvider)state).SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return circuit;
    }

    /// <summary>Whether somebody still sits there.</summary>
    public static async Task<bool> IsSomebodyAsync(this AuthenticationStateProvider state) => (await state.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated == true;
}
