using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Dashboard;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

public sealed class Pausing_a_room : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private StaffMember _staff = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EffectiveSettings Sales => _desk.Get<CurrentSettings>().Of(Department.Sales);

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock).AddSingleton(_desk.Get<CurrentSettings>()).AddSingleton(_desk.Get<DepartmentControls>());
        _staff = Services.AddStaff(StaffRole.Operator);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Says_since_when_and_by_whom_and_offers_to_go_on()
    {
        var room = Show();
        room.Markup.ShouldNotContain("Paused");
        Press(room, "Pause Ledger Room — sales");

        await room.WaitForAssertionAsync(() => room.Find(".paused").TextContent.ShouldBe("Paused since 12:00:00, by Holly"), Watching.Bound);
        Sales.Pause.ShouldBe(new Pause(_desk.Clock.GetUtcNow(), "Holly"));

        Press(room, "Resume Ledger Room — sales");
        await room.WaitForAssertionAsync(() => room.FindAll(".paused").ShouldBeEmpty(), Watching.Bound);
        Sales.Pause.ShouldBeNull();
    }

    [Fact]
    public async Task Shows_on_a_page_that_somebody_else_has_open()
    {
        var room = Show();
        await _desk.Get<DepartmentControls>().ChangeAsync(Department.Sales, new() { Paused = true }, "Clover", Cancellation);
        await room.WaitForAssertionAsync(() => room.Find(".paused").TextContent.ShouldContain("by Clover"), Watching.Bound);
    }

    [Fact]
    public async Task Is_not_for_somebody_whose_session_has_ended()
    {
        var room = Show();
        _staff.Become(null);
        Press(room, "Pause Ledger Room — sales");
        await room.WaitForAssertionAsync(() => room.Find("[role=alert]").TextContent.ShouldStartWith("Your session has ended"), Watching.Bound);
        Sales.Pause.ShouldBeNull();
    }

    [Fact]
    public async Task Is_not_for_somebody_whose_role_was_taken_away_meanwhile()
    {
        var room = Show();
        _staff.Become(StaffRole.Viewer);
        Press(room, "Pause Ledger Room — sales");
        await room.WaitForAssertionAsync(() => room.Find("[role=alert]").TextContent.ShouldStartWith("Your role may look"), Watching.Bound);
        Sales.Pause.ShouldBeNull();
    }

    [Fact]
    public async Task Is_not_offered_to_those_who_may_only_look()
    {
        _staff.Become(StaffRole.Viewer);
        await _desk.Get<DepartmentControls>().ChangeAsync(Department.Sales, new() { Paused = true }, "Clover", Cancellation);
        var room = Show();
        room.FindAll("button").ShouldBeEmpty();
        room.Find(".paused").TextContent.ShouldContain("by Clover");
    }

    [Fact]
    public async Task That_the_database_refuses_says_so()
    {
        await using (var db = await _desk.Contexts.CreateDbContextAsync(Cancellation))
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE department_controls RENAME TO lost", Cancellation);
        }

        var room = Show();
        Press(room, "Pause Ledger Room — sales");
        await room.WaitForAssertionAsync(() => room.Find("[role=alert]").TextContent.ShouldStartWith("The database refused, so nothing was changed."), Watching.Bound);
        Sales.Pause.ShouldBeNull();
    }

    private static void Press(IRenderedComponent<PauseSwitch> on, string name) => on.Find($"button[aria-label='{name}']").Click();

    private IRenderedComponent<PauseSwitch> Show() => Render<PauseSwitch>(p => p.Add(s => s.Department, Department.Sales));
}
