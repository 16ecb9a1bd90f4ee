using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Storefront.Departments.Mail;
using Storefront.Orders;
using Storefront.Orders.ByHand;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Parts;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

/// <summary>What the staff can press about orders, and what it says then.</summary>
public sealed class Acting_on_orders : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private BunitAuthorizationContext _session = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock).AddScoped<StaffPermit>().AddScoped<StaffActs>();
        Services.AddSingleton(_desk.Get<CancelOrder>()).AddSingleton(_desk.Get<RetryTask>()).AddSingleton(_desk.Get<ResolveTask>()).AddSingleton(_desk.Get<RemindTask>());
        Services.AddSingleton(_desk.Get<NoteOnOrder>()).AddSingleton(_desk.Get<ResendMail>());
        _session = this.AddAuthorization().SetAuthorized("Holly").SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Ticked_ones_are_cancelled_each_with_its_outcome()
    {
        var (fresh, packed) = (await _desk.PlaceAsync(), await _desk.PlaceAsync());
        await _desk.FinishAsync(packed, Department.Warehouse, Department.Packing);
        var unticked = false;
        var bar = Render<BulkBar>(p => p.Add(b => b.Ticked, new HashSet<OrderNumber> { fresh, packed }).Add(b => b.OnUntick, () => unticked = true));

        bar.FindAll("button").Single(b => b.TextContent == "Cancel …").Click();
        bar.Find("form h2").TextContent.ShouldBe("Cancel 2 orders?");
        bar.Find("form").Submit();

        await bar.WaitForAssertionAsync(() => bar.Find("section h2").TextContent.ShouldBe("1 order cancelled, 1 not."), Watching.Bound);
        bar.FindAll("section li").Select(li => li.TextContent.Trim()).ShouldBe(
            [$"{fresh} Cancelled. The rooms undo what they had begun.", $"{packed} Packing has begun, so the order cannot be cancelled any more. Nothing was changed."]);
        unticked.ShouldBeTrue();
        (await FindAsync(fresh)).Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Ticked_ones_have_what_failed_tried_again_and_only_that()
    {
        var (failed, fine) = (await _desk.PlaceAsync(), await _desk.PlaceAsync());
        await _desk.FailAsync(failed, Department.Sales, "no answer", forGood: true);
        var bar = Render<BulkBar>(p => p.Add(b => b.Ticked, new HashSet<OrderNumber> { failed, fine }));

        bar.FindAll("button").Single(b => b.TextContent == "Retry failed tasks now").Click();

        await bar.WaitForAssertionAsync(() => bar.FindAll("section li").Select(li => li.TextContent.Trim()).ShouldBe([$"{failed} Tried again now.", $"{fine} Nothing of it has failed."]), Watching.Bound);
        (await FindAsync(failed)).NeedsAttention.ShouldBeFalse();
        (await FindAsync(fine)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_to_a_role_that_may_only_look_though_the_buttons_were_still_there()
    {
        var number = await _desk.PlaceAsync();
        var bar = Render<BulkBar>(p => p.Add(b => b.Ticked, new HashSet<OrderNumber> { number }));
        _session.SetPolicies(OfficePolicy.View);
        bar.FindAll("button").Single(b => b.TextContent == "Cancel …").Click();
        bar.Find("form").Submit();
        await bar.WaitForAssertionAsync(() => bar.Find("section li").TextContent.ShouldContain("Your role may look, but not change anything."), Watching.Bound);
        (await FindAsync(number)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_task_is_resolved_only_with_a_reason()
    {
        var number = await _desk.PlaceAsync();
        await _desk.FailAsync(number, Department.Warehouse, "no paper", forGood: true);
        var (task, outcome) = ((await FindAsync(number)).Tasks.Single(t => t.Department == Department.Warehouse), (ActOutcome?)null);
        var hand = Render<TaskHand>(p => p.Add(h => h.Order, number).Add(h => h.Task, task).Add(h => h.OnDone, o => outcome = o));

        hand.FindAll("button").Select(b => b.TextContent).ShouldBe(["Retry now", "Resolve by hand …"]);
        hand.FindAll("button")[1].Click();
        hand.Find("form").Submit();
        hand.Find("[role=alert]").TextContent.ShouldBe("Say what was done instead: 1 to 500 characters.");
        hand.Find("textarea").Input("Wrote it by hand");
        hand.Find("form").Submit();

        await hand.WaitForAssertionAsync(() => outcome.ShouldBe(new ActOutcome("warehouse is taken as done, and the order moves on.")), Watching.Bound);
        var order = await FindAsync(number);
        order.Status.ShouldBe(OrderStatus.Picked);
        Render<HistoryCard>(p => p.Add(h => h.History, order.History)).Markup.ShouldContain("Warehouse: the staff saw to it by hand, by Holly: Wrote it by hand");
    }

    [Fact]
    public async Task A_task_is_offered_its_message_again_once_it_has_waited_for_a_while()
    {
        var number = await _desk.PlaceAsync();
        var tasks = (await FindAsync(number)).Tasks;
        Render<TaskTable>(p => p.Add(t => t.Tasks, tasks).Add(t => t.Hand, task => $"<i>{task.Name}</i>")).FindAll("i").ShouldBeEmpty();
        _desk.Clock.Advance(TimeSpan.FromSeconds(31));
        Render<TaskTable>(p => p.Add(t => t.Tasks, tasks).Add(t => t.Hand, task => $"<i>{task.Name}</i>")).FindAll("i").Select(i => i.TextContent).ShouldBe(["sales", "marketing", "warehouse"]);

        ActOutcome? outcome = null;
        var hand = Render<TaskHand>(p => p.Add(h => h.Order, number).Add(h => h.Task, tasks[0]).Add(h => h.OnDone, o => outcome = o));
        hand.Find("button").Click();
        await hand.WaitForAssertionAsync(() => outcome.ShouldBe(new ActOutcome("The message of sales is on its way again.")), Watching.Bound);
    }

    [Fact]
    public async Task A_note_is_kept_with_who_and_when_and_shown_as_it_was_written()
    {
        var number = await _desk.PlaceAsync();
        var order = await FindAsync(number);
        var card = Render<NotesCard>(p => p.Add(c => c.Order, order));
        card.Markup.ShouldContain("Nobody has noted anything.");
        card.Find("form").Submit();
        card.Find("[role=alert]").TextContent.ShouldBe("Write a note: 1 to 2,000 characters.");

        card.Find("textarea").Input("Rang: <b>Friday</b>");
        card.Find("form").Submit();

        await card.WaitForAssertionAsync(() => card.FindAll("[role=alert]").ShouldBeEmpty(), Watching.Bound);
        await Watching.UntilAsync("the note is kept", async () => (await FindAsync(number)).Notes.Count == 1, Cancellation);
        order = await FindAsync(number);
        card.Render(p => p.Add(c => c.Order, order));
        (card.Find(".words").TextContent, card.Find("li span").TextContent).ShouldBe(("Rang: <b>Friday</b>", "Holly, 12:00:00"));

        _session.SetPolicies(OfficePolicy.View);
        Render<NotesCard>(p => p.Add(c => c.Order, order)).FindAll("form").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_can_be_sent_again_only_where_there_is_a_mail_server()
    {
        var number = await _desk.PlaceAsync();
        var order = await FindAsync(number) with { Mails = [new(MailKind.Confirmation, MailState.Sent, 1, 0, _desk.Clock.GetUtcNow()), new(MailKind.Shipped, MailState.Waiting, 0, 0, null)] };
        ActOutcome? outcome = null;
        var card = Render<MailCard>(p => p.Add(c => c.Order, order).Add(c => c.OnDone, o => outcome = o));
        card.FindAll("button").ShouldHaveSingleItem().Click();
        await card.WaitForAssertionAsync(() => outcome.ShouldBe(ActOutcome.Refused("No mail server is set (Mail:Host), so nothing can be sent.")), Watching.Bound);
    }

    [Fact]
    public void A_filter_that_is_no_amount_is_told_beside_its_field_and_changes_nothing()
    {
        OrderFilter? wanted = null;
        var fields = Render<FilterFields>(p => p.Add(f => f.Filter, OrderFilter.None).Add(f => f.OnChange, f => wanted = f));
        fields.FindAll("input.amount")[0].Change("a lot");
        fields.Find("[role=alert]").TextContent.ShouldBe("An amount is a number such as 18.50; this is 'a lot'.");
        wanted.ShouldBeNull();

        fields.FindAll("input.amount")[0].Change("18.50");
        wanted.ShouldBe(OrderFilter.None with { Least = 1850 });
        fields.FindAll("[role=alert]").ShouldBeEmpty();
        fields.Find("input[type=date]").Change("2026-11-01");
        wanted.ShouldBe(OrderFilter.None with { From = new(2026, 11, 1) });
        fields.FindAll("select")[3].Change("dearest");
        wanted.ShouldBe(OrderFilter.None with { Sort = OrderSort.Dearest });
    }

    private async Task<StaffOrder> FindAsync(OrderNumber number) => (await new StaffOrders(_desk.Contexts).FindAsync(number, Cancellation)).ShouldNotBeNull();
}
