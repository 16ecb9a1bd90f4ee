using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Tests.Account;
using Storefront.Web.Account;
using Storefront.Web.Account.Invitations;
using Storefront.Web.Account.Passkeys;
using Storefront.Web.BackOffice.Pages.Staff;
using Storefront.Web.BackOffice.Parts;
using Member = Storefront.Web.Account.Data.StaffMember;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

/// <summary>A page that stood open since somebody's role ended shows buttons that do nothing any more.</summary>
public sealed class The_pages_about_the_staff : BunitContext, IAsyncLifetime
{
    private TestShop _shop = null!;
    private Member _holly = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _holly = await _shop.HireAsync("Holly", StaffRole.Operator);
        Services.AddMudServices();
        // In place of bUnit's own, which judges nothing by itself.
        Services.AddAuthorizationCore(OfficePolicy.Add).AddSingleton<IAuthorizationService, DefaultAuthorizationService>();
        Services.AddSingleton<StaffPermit>().AddSingleton<StaffActs>().AddSingleton(_shop.Services.GetRequiredService<StaffBook>()).AddSingleton(_shop.Services.GetRequiredService<StaffPasskeys>());
        Services.AddSingleton(_shop.Services.GetRequiredService<StaffInvitations>()).AddSingleton(_shop.Services.GetRequiredService<InvitationMail>()).AddSingleton(_shop.Services.GetRequiredService<PasswordLinks>()).AddSingleton(TimeProvider.System);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData(StaffRole.Viewer)]
    [InlineData(StaffRole.Operator)]
    [InlineData(null)]
    public async Task Change_nothing_for_anybody_but_a_manager(StaffRole? role)
    {
        var refusal = role is null ? "Your session has ended; sign in again. Nothing was changed." : "Only a manager may do that. Nothing was changed.";
        await SitAsync(role);

        var staff = Render<StaffPage>();
        await staff.WaitForElementAsync("tbody tr", Watching.Bound);
        await PressAsync(staff, "Make an invitation");
        await staff.WaitForAssertionAsync(() => staff.Find("[role=alert]").TextContent.ShouldBe(refusal), Watching.Bound);

        var member = Render<MemberPage>(p => p.Add(m => m.Id, _holly.Id));
        await member.WaitForElementAsync("select", Watching.Bound);
        foreach (var press in new[] { "Change role", "Make a link", "Sign out everywhere", "Shut out …", "Yes, shut out" })
        {
            if (press == "Change role")
            {
                member.Find("select").Change(nameof(StaffRole.Manager));
            }

            await PressAsync(member, press);
            if (press != "Shut out …")
            {
                await member.WaitForAssertionAsync(() => member.Find("[role=alert]").TextContent.ShouldBe(refusal), Watching.Bound);
            }
        }

        var holly = await _shop.Services.MemberAsync("Holly");
        (holly.Role, holly.IsActive, holly.SecurityStamp).ShouldBe((StaffRole.Operator, true, _holly.SecurityStamp));
        (await _shop.Services.GetRequiredService<StaffInvitations>().ReadAsync(Cancellation)).ShouldBeEmpty();
        await using var db = _shop.OpenDatabase();
        (await db.AuditLog.CountAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Do_what_a_manager_wants_and_say_so()
    {
        await SitAsync(StaffRole.Manager);
        var staff = Render<StaffPage>();
        await staff.WaitForElementAsync("tbody tr", Watching.Bound);
        await PressAsync(staff, "Make an invitation");
        await staff.WaitForAssertionAsync(() => staff.Find("input.link").GetAttribute("value").ShouldNotBeNull().ShouldStartWith("http://localhost/invitation?link="), Watching.Bound);
        await PressAsync(staff, "Withdraw");
        await staff.WaitForAssertionAsync(() => staff.FindAll("button").ShouldNotContain(b => b.TextContent == "Withdraw"), Watching.Bound);

        var member = Render<MemberPage>(p => p.Add(m => m.Id, _holly.Id));
        await member.WaitForElementAsync("select", Watching.Bound);
        member.Find("select").Change(nameof(StaffRole.Viewer));
        await PressAsync(member, "Change role");
        await member.WaitForAssertionAsync(() => member.Find("[role=status]").TextContent.ShouldBe("Holly has another role, and signs in anew."), Watching.Bound);
        (await _shop.Services.MemberAsync("Holly")).Role.ShouldBe(StaffRole.Viewer);
    }

    /// <summary>Presses a button once it is there and what was pressed before it is done.</summary>
    private static async Task PressAsync<T>(IRenderedComponent<T> page, string text) where T : IComponent
    {
        IElement Button() => page.FindAll("button").Single(b => b.TextContent == text);
        await page.WaitForAssertionAsync(() => Button().HasAttribute("disabled").ShouldBeFalse(), Watching.Bound);
        Button().Click();
    }

    private async Task SitAsync(StaffRole? role)
    {
        var user = role is { } staff ? StaffSessions.Begin(staff == StaffRole.Manager ? await _shop.Services.MemberAsync(FirstManager.Name) : await _shop.HireAsync("Vera", staff)) : new();
        Services.AddSingleton<AuthenticationStateProvider>(new Sitting(new AuthenticationState(user)));
    }

    private sealed class Sitting(AuthenticationState state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(state);
    }
}
