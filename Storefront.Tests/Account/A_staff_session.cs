using System.Net;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Web.Account;

namespace Storefront.Tests.Account;

/// <summary>A session is worth as much as its member is now.</summary>
public sealed class A_staff_session : IAsyncLifetime
{
    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StaffSessions Sessions => _shop.Services.GetRequiredService<StaffSessions>();

    private StaffRoster Roster => _shop.Services.GetRequiredService<StaffRoster>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Is_lost_at_its_circuit_when_it_ends_and_no_other_is()
    {
        var member = await _shop.Services.MemberAsync(FirstManager.Name);
        var (mine, others) = (StaffSessions.Begin(member), StaffSessions.Begin(member));
        await using var circuit = _shop.SitDown(mine, out var state);

        Sessions.End(others);
        Sessions.Tell(others);
        (await Sessions.IsValidAsync(others, Cancellation)).ShouldBeFalse();
        (await state.IsSomebodyAsync()).ShouldBeTrue();

        Sessions.End(mine);
        Sessions.Tell(mine);
        (await state.IsSomebodyAsync()).ShouldBeFalse();
        (await Sessions.IsValidAsync(mine, Cancellation)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("role")]
    [InlineData("shut out")]
    [InlineData("stamp")]
    public async Task Ends_at_once_when_this_process_has_changed_the_member(string what)
    {
        var holly = await _shop.HireAsync("Holly", StaffRole.Operator);
        var session = StaffSessions.Begin(holly);
        await using var circuit = _shop.SitDown(session, out var state);
        var other = StaffSessions.Begin(await _shop.HireAsync("Clover", StaffRole.Operator));
        await using var elsewhere = _shop.SitDown(other, out var stays);
        (await Sessions.IsValidAsync(session, Cancellation)).ShouldBeTrue("and it is remembered for a while");

        await ChangeAsync(what);
        Roster.Tell(holly.Id);

        await LeftAsync(state);
        (await Sessions.IsValidAsync(session, Cancellation)).ShouldBeFalse();
        (await stays.IsSomebodyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Ends_within_seconds_when_another_process_has_changed_the_member()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var roster = new StaffRoster(_shop.Services.GetRequiredService<IServiceScopeFactory>(), clock);
        var sessions = new StaffSessions(roster, clock);
        var session = StaffSessions.Begin(await _shop.HireAsync("Holly", StaffRole.Operator));
        using var state = new StaffAuthenticationState(sessions, roster, clock);
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(session)));
        (await sessions.IsValidAsync(session, Cancellation)).ShouldBeTrue();

        await ChangeAsync("shut out");
        (await sessions.IsValidAsync(session, Cancellation)).ShouldBeTrue("what was read counts for some seconds");
        clock.Advance(StaffRoster.Freshness);

        (await sessions.IsValidAsync(session, Cancellation)).ShouldBeFalse();
        await LeftAsync(state);
    }

    [Fact]
    public async Task Is_asked_for_with_every_cookie()
    {
        await _shop.HireAsync("Holly", StaffRole.Operator);
        using var browser = _shop.NewClient();
        (await browser.SignInAsync(StaffDesk.Password, name: "Holly")).Dispose();
        (await InsideAsync(browser)).ShouldBe(HttpStatusCode.OK);

        await ChangeAsync("shut out");
        Roster.Tell((await _shop.Services.MemberAsync("Holly")).Id);

        (await InsideAsync(browser)).ShouldBe(HttpStatusCode.Found);
        using var again = await browser.SignInAsync(StaffDesk.Password, name: "Holly");
        again.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Of_nobody_who_was_ever_here_is_none()
    {
        var stranger = StaffSessions.Begin(new() { Id = Guid.NewGuid(), UserName = "manager", Role = StaffRole.Manager, SecurityStamp = "x" });
        (await Sessions.IsValidAsync(stranger, Cancellation)).ShouldBeFalse();
    }

    private Task<bool> ChangeAsync(string what) => _shop.Services.WithStaffAsync(async members =>
    {
        var holly = (await members.FindByNameAsync("Holly"))!;
        (holly.Role, holly.IsActive) = (what == "role" ? StaffRole.Viewer : holly.Role, what != "shut out");
        return (what == "stamp" ? await members.UpdateSecurityStampAsync(holly) : await members.UpdateAsync(holly)).Succeeded;
    });

    private static Task LeftAsync(AuthenticationStateProvider state) =>
        Watching.UntilAsync("nobody sits at the circuit any more", async () => !await state.IsSomebodyAsync(), Cancellation);

    private static async Task<HttpStatusCode> InsideAsync(HttpClient client)
    {
        using var page = await client.GetAsync(new Uri("/backoffice", UriKind.Relative), Cancellation);
        return page.StatusCode;
    }
}
