using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Parts;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

public sealed class Cancelling_by_the_staff : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private BunitAuthorizationContext _session = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton(_desk.Get<CancelOrder>()).AddScoped<StaffPermit>().AddScoped<StaffActs>();
        _session = this.AddAuthorization().SetAuthorized("Holly").SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Asks_back_first_and_then_writes_down_who_did_it()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        Press(button, "Cancel order");
        button.Find("form h2").TextContent.ShouldBe("Cancel this order?");
        (await FindAsync(number)).Status.ShouldBe(OrderStatus.Placed);

        Press(button, "Yes, cancel it");

        await button.WaitForAssertionAsync(() => button.Find(".outcome").TextContent.ShouldBe("Cancelled. The rooms undo what they had begun."), Watching.Bound);
        var order = await FindAsync(number);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.AuditLog.SingleAsync(Cancellation)).ShouldSatisfyAllConditions(e => e.Who.ShouldBe("Holly"), e => e.Action.ShouldBe("order.cancel"), e => e.Subject.ShouldBe($"order {number}"));
        var entry = order.History.Single(h => h.Kind == HistoryKind.Cancelled);
        (entry.Text, entry.By).ShouldBe(("Order cancelled by the shop", "Holly"));
        Render<HistoryCard>(p => p.Add(h => h.History, order.History)).Markup.ShouldContain("Order cancelled by the shop, by Holly");
    }

    [Fact]
    public async Task Does_nothing_when_the_question_is_answered_with_no()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        Press(button, "Cancel order");
        Press(button, "No, keep it");
        button.FindAll("form").ShouldBeEmpty();
        button.FindAll("button").Single().TextContent.ShouldBe("Cancel order");
        (await FindAsync(number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Is_offered_until_packing_begins_and_withdraws_an_open_question()
    {
        var number = await _desk.PlaceAsync();
        await _desk.FinishAsync(number, Department.Warehouse);
        var button = await ShowAsync(number);
        Press(button, "Cancel order");

        await _desk.ClaimAsync(number, Department.Packing);
        var now = await FindAsync(number);
        button.Render(p => p.Add(b => b.Order, now));

        button.FindAll("button").ShouldBeEmpty();
        button.Find("[role=alert]").TextContent.ShouldStartWith("Packing has begun, so the order cannot be cancelled any more.");
    }

    [Fact]
    public async Task That_comes_too_late_says_so_and_changes_nothing()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        Press(button, "Cancel order");
        await _desk.FinishAsync(number, Department.Warehouse, Department.Packing);
        var version = (await FindAsync(number)).Version;

        Press(button, "Yes, cancel it");

        await button.WaitForAssertionAsync(() => button.Find("[role=alert]").TextContent.ShouldStartWith("Packing has begun"), Watching.Bound);
        (await FindAsync(number)).Version.ShouldBe(version);
    }

    [Fact]
    public async Task That_the_database_refuses_says_so_and_can_be_tried_again()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        await _desk.WriteAsync(db => db.RefuseOrdersAsync(Cancellation));
        Press(button, "Cancel order");
        Press(button, "Yes, cancel it");

        await button.WaitForAssertionAsync(() => button.Find("[role=alert]").TextContent.ShouldStartWith("The database refused, so nothing was changed."), Watching.Bound);
        (await FindAsync(number)).Version.ShouldBe(1);
        button.FindAll("button").Single().TextContent.ShouldBe("Cancel order");
    }

    [Fact]
    public async Task Is_not_for_somebody_whose_session_has_ended()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        Press(button, "Cancel order");
        _session.SetNotAuthorized();
        Press(button, "Yes, cancel it");
        await button.WaitForAssertionAsync(() => button.Find("[role=alert]").TextContent.ShouldStartWith("Your session has ended"), Watching.Bound);
        (await FindAsync(number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Is_not_for_somebody_who_may_only_look()
    {
        var number = await _desk.PlaceAsync();
        var button = await ShowAsync(number);
        Press(button, "Cancel order");
        _session.SetPolicies(OfficePolicy.View);
        Press(button, "Yes, cancel it");
        await button.WaitForAssertionAsync(() => button.Find("[role=alert]").TextContent.ShouldStartWith("Your role may look, but not change anything."), Watching.Bound);
        (await FindAsync(number)).Version.ShouldBe(1);
    }

    // As the browser does: a button that submits a form does so.
    private static void Press(IRenderedComponent<CancelButton> on, string name)
    {
        if (on.FindAll("form") is [var form, ..] && form.QuerySelector("[type=submit]")?.TextContent == name)
        {
            form.Submit();
        }
        else
        {
            on.FindAll("button").Single(b => b.TextContent == name).Click();
        }
    }

    private async Task<StaffOrder> FindAsync(OrderNumber number) => (await new StaffOrders(_desk.Contexts).FindAsync(number, Cancellation)).ShouldNotBeNull();

    private async Task<IRenderedComponent<CancelButton>> ShowAsync(OrderNumber number)
    {
        var order = await FindAsync(number);
        return Render<CancelButton>(p => p.Add(b => b.Order, order));
    }
}
