using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Tests.Passkeys;
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

    /// <summary>Gives a member passkeys that no device has.</summary>
    public static Task GivePasskeysAsync(this TestShop shop, string name, params string[] keys) => shop.Services.WithStaffAsync(async members =>
    {
        var member = (await members.FindByNameAsync(name)).ShouldNotBeNull();
        foreach (var key in keys)
        {
            (await members.AddOrUpdatePasskeyAsync(member, LostDevice.PasskeyOf(key))).Succeeded.ShouldBeTrue();
        }

        return keys.Length;
    });

    /// <summary>The cookie of a new session of theirs, made as the sign-in makes it.</summary>
    public static string CookieOf(this TestShop shop, StaffMember member)
    {
        var cookie = shop.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var ticket = new AuthenticationTicket(StaffSessions.Begin(member), new() { ExpiresUtc = DateTimeOffset.UtcNow.AddHours(1) }, CookieAuthenticationDefaults.AuthenticationScheme);
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>Does something with the staff's database, past everything that would tell the shop of it: as another process does.</summary>
    public static async Task<T> WithStaffAsync<T>(this IServiceProvider services, Func<StaffMembers, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<StaffMembers>());
    }

    /// <summary>The member as they are now.</summary>
    public static Task<StaffMember> MemberAsync(this IServiceProvider services, string name) =>
        services.WithStaffAsync(async members => (await members.FindByNameAsync(name)).ShouldNotBeNull());

    /// <summary>Everything in the audit log, the oldest first: who, about what, what, and what changed.</summary>
    public static async Task<List<string>> AuditedAsync(this TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.AuditLog.OrderBy(e => e.Id).Select(e => $"{e.Who}, {e.Subject}, {e.Action}: {e.Detail}").ToListAsync(TestContext.Current.CancellationToken);
    }

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
