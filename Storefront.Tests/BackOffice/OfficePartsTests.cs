using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using Storefront.Data;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.Api.Health;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Dashboard;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Tests.BackOffice;

public sealed class A_part_of_the_office : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Noon);

    public A_part_of_the_office()
    {
        _clock.SetLocalTimeZone(TimeZoneInfo.Utc);
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_clock).AddSingleton(Microsoft.Extensions.Options.Options.Create(new ShopOptions()));
        Services.AddSingleton<DatabaseStatus>().AddSingleton<BrokerStatus>().AddSingleton<RelayStatus>().AddSingleton<ConsumersStatus>().AddSingleton<ShopHealth>();
        // Nothing is changed here, so nobody writes.
        Services.AddSingleton<CurrentSettings>().AddSingleton(provider => new DepartmentControls(null!, null!, provider.GetRequiredService<CurrentSettings>(), new SettingsBell(), _clock));
        Services.AddStaff(StaffRole.Operator);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Says_every_state_in_words_where_it_draws_them()
    {
        var order = Order(
            new(Department.Sales, TaskAction.Do, TaskState.Failed, Noon), new(Department.Warehouse, TaskAction.Do, TaskState.Working, Noon),
            new(Department.Packing, TaskAction.Do, TaskState.Waiting, null), new(Department.Marketing, TaskAction.Do, TaskState.Waiting, Noon));
        var table = Render<OrderTable>(p => p.Add(t => t.Orders, [order]).Add(t => t.Caption, "Orders"));

        table.Find(".strip").GetAttribute("aria-label").ShouldBe("sales failed, marketing waiting, warehouse working, packing not yet");
        table.Find("td.signs").TextContent.ShouldContain("Placed");
        table.Find("td.signs").TextContent.ShouldContain("Needs attention");
        table.Find("th a").GetAttribute("href").ShouldBe($"/backoffice/orders/{order.Number}");
    }

    [Fact]
    public void Tells_work_from_its_undoing()
    {
        var order = Order(
            new(Department.Sales, TaskAction.Do, TaskState.Done, Noon), new(Department.Warehouse, TaskAction.Do, TaskState.Working, Noon),
            new(Department.Sales, TaskAction.Undo, TaskState.Done, Noon), new(Department.Warehouse, TaskAction.Undo, TaskState.Waiting, null));
        Render<OrderTable>(p => p.Add(t => t.Orders, [order]).Add(t => t.Caption, "Orders"))
            .Find(".strip").GetAttribute("aria-label").ShouldBe("sales done, warehouse working, sales undone, warehouse undo not yet");

        var table = Render<TaskTable>(p => p.Add(t => t.Tasks,
        [
            new(Department.Warehouse, TaskAction.Do, TaskState.Done, 1, Noon, Noon, Noon, "PRINT-00000001", null),
            new(Department.Warehouse, TaskAction.Undo, TaskState.Done, 1, Noon, Noon, Noon, "", null),
        ]));
        table.FindAll("th .beneath").Select(s => s.TextContent).ShouldBe(["warehouse", "warehouse, undo"]);
        table.FindAll(".sign").Select(s => s.TextContent).ShouldBe(["Done", "Undone"]);
        table.FindAll("tr.remark").Count.ShouldBe(1, "an undoing that has no reference has no line for it");
    }

    [Fact]
    public void Shows_when_an_order_was_cancelled_and_undone()
    {
        StaffOrder.Happening Entry(int seq, HistoryKind kind, int seconds) => new(seq, Noon.AddSeconds(seconds), kind, kind.ToString(), null);
        var order = new StaffOrder(
            new OrderNumber(42), 5, OrderStatus.Cancelled, 1850, "EUR", Noon, Noon.AddSeconds(9), CanBeCancelled: false, OrderSource.Shop, null, null, new Customer("Helgi Möller"),
            [], [], [Entry(1, HistoryKind.Placed, 0), Entry(2, HistoryKind.Cancelled, 5), Entry(3, HistoryKind.Undone, 8), Entry(4, HistoryKind.Completed, 9)]);
        var facts = Render<OriginCard>(p => p.Add(c => c.Order, order)).Find("dl").TextContent;
        facts.ShouldContain("Cancelled");
        facts.ShouldContain("after 5.0 s");
        facts.ShouldContain("All undone");
        facts.ShouldContain("after 9.0 s");
    }

    [Fact]
    public void Leads_from_each_number_to_what_it_counts()
    {
        var numbers = Numbers(new RoomLoad(Department.Packing, new Dictionary<TaskState, Capped> { [TaskState.Failed] = new(3) }, null));
        var dashboard = Render<DashboardPage>(p => p.AddCascadingValue(numbers));

        dashboard.Find("a[aria-label='Needs attention: 3']").GetAttribute("href").ShouldBe("/backoffice/orders?attention=true");
        dashboard.Find("a[aria-label='Dead letters: 0']").GetAttribute("href").ShouldBe("/backoffice/dead-letters");
        dashboard.FindAll("a[href='/backoffice/orders?room=packing&state=failed']").Single().TextContent.ShouldContain("3");
        dashboard.Find("a[aria-label='Revenue today: €30.00']").GetAttribute("href").ShouldBe("/backoffice/marketing?period=today");
        dashboard.Find(".tile").TextContent.ShouldContain("yesterday by this time €20.00 from 1 (+50 %)");
        dashboard.Find("a[aria-label='Time to ship: 18 s']").GetAttribute("href").ShouldBe("/backoffice/orders?status=shipped");
        dashboard.Find("a[aria-label='Running out: 1']").GetAttribute("href").ShouldBe("/backoffice/products?low=true");
        dashboard.Find("#running-out + ul").TextContent.ShouldContain("Sold out");
        dashboard.FindAll(".tile").ShouldAllBe(t => t.QuerySelector("a") != null);
        dashboard.Find("details tbody tr:nth-child(10)").TextContent.ShouldBe("09:002€30.001€20.00", "the chart's numbers are a table, too");
        dashboard.Markup.ShouldContain("No orders yet");
        dashboard.Markup.ShouldContain("Away");
    }

    [Fact]
    public void Tells_why_a_room_gave_up()
    {
        var task = new StaffOrder.TaskRow(Department.Sales, TaskAction.Do, TaskState.Failed, 5, Noon, Noon.AddSeconds(2), Noon.AddSeconds(5), null, "SAP answered 503");
        var table = Render<TaskTable>(p => p.Add(t => t.Tasks, [task]));
        table.Markup.ShouldContain("Gave up: SAP answered 503");
        table.Markup.ShouldContain("attempt 5 of 5");
        table.FindAll("td.number").Select(c => c.TextContent).ShouldBe(["2.0 s", "3.0 s"]);
    }

    [Theory]
    [InlineData("2026-11-23T11:59:58Z", "11:59:58")]
    [InlineData("2026-11-22T23:00:00Z", "22 Nov 23:00")]
    [InlineData("2025-01-02T03:04:05Z", "2 Jan 2025")]
    public void Tells_time_as_near_as_it_is(string at, string text)
    {
        var when = Render<When>(p => p.Add(w => w.At, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        when.Find("time").TextContent.ShouldBe(text);
    }

    [Theory]
    [InlineData(-5, "0 ms")]
    [InlineData(340, "340 ms")]
    [InlineData(1_500, "1.5 s")]
    [InlineData(42_000, "42 s")]
    [InlineData(61_000, "1 min 1 s")]
    [InlineData(7_260_000, "2 h 1 min")]
    [InlineData(90_000_000, "1 d 1 h")]
    public void Tells_durations_in_two_places_at_most(int milliseconds, string text) => Storefront.Web.BackOffice.Parts.Duration.Text(TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(text);

    private static ListedOrder Order(params ListedTask[] tasks) =>
        new(1, new OrderNumber(42), "Helgi Möller", OrderStatus.Placed, 1850, "EUR", Noon, OrderSource.Shop, tasks);

    private static OfficeNumbers Numbers(params RoomLoad[] rooms) => new(Noon, new(0), new(0), rooms, new(0), new(new(0), null), [], new(
        Noon, [.. Enumerable.Range(0, 24).Select(h => h == 9 ? new HourPair(h, new(2, 3000), new(1, 2000)) : new(h, default, default))], new(1, 2000), [.. Enumerable.Repeat(3, 60)],
        new(TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(30), 20, 1), [new(2, "Nettle & Mint Tea", 0)]));
}
