using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Departments.Controls;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Queues;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

public sealed class Setting_how_a_room_works : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private Holly _staff = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EffectiveSettings Sales => _desk.Get<CurrentSettings>().Of(Department.Sales);

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock).AddSingleton(_desk.Get<CurrentSettings>()).AddSingleton(_desk.Get<DepartmentControls>());
        _staff = Services.AddStaff(StaffRole.Manager);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Counts_at_once_and_says_by_whom_it_was_set()
    {
        var card = Show();
        card.Markup.ShouldContain("As configured");
        Fill(card, "Orders at a time", "4");
        Fill(card, "Duration", "250 ms");
        Fill(card, "Failing, in %", "2.5");
        await SaveAsync(card);

        Sales.ShouldBe(new EffectiveSettings(null, 4, Duration.OfSeconds(0.25), 0.025));
        Field(card, "Duration").GetAttribute("value").ShouldBe("250 ms");
        card.Find("[role=status]").TextContent.ShouldContain("Last changed 12:00:00 by Holly");
    }

    [Fact]
    public async Task To_nothing_goes_back_to_what_is_configured()
    {
        await OthersAsync(new() { Concurrency = 4, Duration = Duration.OfSeconds(9) });
        var card = Show();
        Fill(card, "Orders at a time", "");
        await SaveAsync(card);
        Sales.ShouldBe(new EffectiveSettings(null, 48, Duration.OfSeconds(9), 0));

        card.Find("button[aria-label='Back to the settings: Ledger Room — sales']").Click();
        await SaysAsync(card, "As configured again.");
        Sales.ShouldBe(new EffectiveSettings(null, 48, Duration.OfSeconds(3), 0));
    }

    [Theory]
    [InlineData("Orders at a time", "many", "must be a whole number, such as 16.")]
    [InlineData("Orders at a time", "300", "must be between 1 and 256; it is 300.")]
    [InlineData("Duration", "3 rabbits", "must be a length of time from 0 to 24 h, such as 250 ms, 5 s or 2 min.")]
    [InlineData("Failing, in %", "101", "must be a number from 0 to 100, such as 30 or 2.5.")]
    public async Task Wrongly_is_told_beside_the_field_and_changes_nothing(string label, string text, string fault)
    {
        var card = Show();
        Fill(card, label, text);
        card.Find("form").Submit();

        await card.WaitForAssertionAsync(() => Field(card, label).GetAttribute("aria-invalid").ShouldBe("true"), Watching.Bound);
        var field = Field(card, label);
        card.FindById(field.GetAttribute("aria-describedby")!.Split(' ')[0]).TextContent.ShouldBe(fault);
        field.GetAttribute("value").ShouldBe(text);
        Sales.ShouldBe(new EffectiveSettings(null, 48, Duration.OfSeconds(3), 0));
    }

    [Fact]
    public async Task While_nobody_edits_it_shows_what_others_set()
    {
        var card = Show();
        await OthersAsync(new() { Concurrency = 7 });
        await card.WaitForAssertionAsync(() => Field(card, "Orders at a time").GetAttribute("value").ShouldBe("7"), Watching.Bound);
    }

    [Fact]
    public async Task That_somebody_else_sets_meanwhile_is_told_and_left_to_decide()
    {
        var card = Show();
        Fill(card, "Orders at a time", "4");
        await OthersAsync(new() { Concurrency = 7 });
        await card.WaitForAssertionAsync(() => card.Find("[role=alert]").TextContent.ShouldStartWith("Clover has changed this meanwhile: 7 at a time"), Watching.Bound);
        Field(card, "Orders at a time").GetAttribute("value").ShouldBe("4", "nothing that was typed is lost");

        await SaveAsync(card);
        Sales.Concurrency.ShouldBe(4);
        card.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task That_somebody_else_set_at_another_process_in_the_same_moment_is_refused()
    {
        var card = Show();
        Fill(card, "Orders at a time", "4");
        // Kept, and not yet heard of here.
        await _desk.WriteAsync(async db => await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO department_controls (department, concurrency, version, changed_at, changed_by) VALUES ('sales', 7, 1, 1, 'Clover')", Cancellation));
        card.Find("form").Submit();
        await card.WaitForAssertionAsync(() => card.Find("[role=alert]").TextContent.ShouldBe("Clover has changed this meanwhile."), Watching.Bound);
    }

    [Fact]
    public void Is_for_managers_and_shows_the_others_how_it_is()
    {
        _staff.Become(StaffRole.Operator);
        var card = Show();
        card.FindAll("form").ShouldBeEmpty();
        card.Markup.ShouldContain("48 at a time, 3 s each, 0 % fail.");
        card.FindAll("button").Single().GetAttribute("aria-label").ShouldBe("Pause Ledger Room — sales");
    }

    [Fact]
    public async Task Is_refused_to_somebody_who_is_no_manager_any_more()
    {
        var card = Show();
        Fill(card, "Orders at a time", "4");
        _staff.Become(StaffRole.Operator);
        card.Find("form").Submit();
        await card.WaitForAssertionAsync(() => card.Find("[role=alert]").TextContent.ShouldBe("Only a manager may do that. Nothing was changed."), Watching.Bound);
        Sales.Concurrency.ShouldBe(48);
    }

    private static IElement Field(IRenderedComponent<WorkCard> card, string label) => card.FindById(card.FindAll("label").Single(l => l.TextContent == label).GetAttribute("for")!);

    private static void Fill(IRenderedComponent<WorkCard> card, string label, string text) => Field(card, label).Input(text);

    private static Task SaysAsync(IRenderedComponent<WorkCard> card, string text) => card.WaitForAssertionAsync(() => card.Find("[role=status]").TextContent.ShouldContain(text), Watching.Bound);

    private static Task SaveAsync(IRenderedComponent<WorkCard> card)
    {
        card.Find("form").Submit();
        return SaysAsync(card, "Saved.");
    }

    private IRenderedComponent<WorkCard> Show() => Render<WorkCard>(p => p.Add(c => c.Department, Department.Sales));

    private async Task OthersAsync(DepartmentChange change) => (await _desk.Get<DepartmentControls>().ChangeAsync(Department.Sales, change, "Clover", Cancellation)).ShouldBeEmpty();
}

internal static class FindingById
{
    public static IElement FindById<T>(this IRenderedComponent<T> on, string id) where T : Microsoft.AspNetCore.Components.IComponent => on.Find($"[id='{id}']");
}
