using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using Storefront.Data;
using Storefront.Departments.Warehouse;
using Storefront.Orders;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Warehouse;
using Storefront.Web.BackOffice.Parts;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.BackOffice;

/// <summary>The warehouse's pages on the real database and a real spool, without a browser.</summary>
public sealed class The_warehouse_in_the_office : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private OfficeFeed _feed = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _feed = new OfficeFeed(new OfficeCounts(_desk.Contexts, _desk.Clock), _desk.News, _desk.Get<DatabaseStatus>(), _desk.Clock, NullLogger<OfficeFeed>.Instance);
        await _feed.StartAsync(Cancellation);
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock);
        Services.AddSingleton(_feed).AddSingleton(_desk.Get<PickLists>()).AddSingleton(new PrintJobs(_desk.Contexts, _desk.Get<Spool>())).AddSingleton(new WaitingLists(_desk.Contexts));
        Services.AddSingleton(new ParcelReader(_desk.Contexts)).AddScoped<StaffPermit>().AddScoped<StaffActs>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddAuthorization().SetAuthorized("anna").SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Lists_print_jobs_page_by_page_the_newest_first()
    {
        var numbers = new List<OrderNumber>();
        for (var i = 0; i < PrintJobs.SliceSize + 3; i++)
        {
            numbers.Add(await _desk.PlaceAsync());
            await _desk.FinishAsync(numbers[^1], Department.Warehouse);
        }

        await _desk.PlaceAsync();
        numbers.Reverse();
        var jobs = new PrintJobs(_desk.Contexts, _desk.Get<Spool>());
        var first = await jobs.ReadAsync(null, Cancellation);
        var second = await jobs.ReadAsync(PrintCursor.Read(first.Rows[^1].Place.ToString()), Cancellation);

        first.HasOlder.ShouldBeTrue();
        second.HasOlder.ShouldBeFalse();
        first.Rows.Concat(second.Rows).Select(r => r.Number).ShouldBe(numbers, "printed at one moment of a clock that stands still, and still each once");
        (await jobs.NewestAsync(Cancellation)).ShouldBe(first.Rows[0].Place);
        first.Rows[0].Reference.ShouldBe("Warehouse did it");
    }

    [Fact]
    public async Task Tells_of_a_job_what_the_spool_of_this_machine_tells()
    {
        var (queued, taken, elsewhere, withdrawn) = (await PrintedAsync(), await PrintedAsync(), await _desk.PlaceAsync(), await PrintedAsync());
        await _desk.FinishAsync(elsewhere, Department.Warehouse);
        File.Delete(_desk.Get<Spool>().TicketOf($"{taken}:warehouse"));
        await _desk.ChangeAsync(withdrawn, order => order.Cancel("anna", _desk.Clock.GetUtcNow()));

        var page = await OpenAsync<WarehousePage>("/backoffice/warehouse");

        string StateOf(OrderNumber number) => Row(page, number).QuerySelector("td .sign")!.TextContent;
        (StateOf(queued), StateOf(taken), StateOf(elsewhere), StateOf(withdrawn)).ShouldBe(("Queued", "Printed", "Not here", "Withdrawn"));
        Row(page, withdrawn).QuerySelectorAll(".paper a, button").ShouldBeEmpty("there is nothing to pick any more");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prints_a_list_once_more_and_writes_down_who_asked(bool isInTheSpool)
    {
        var number = isInTheSpool ? await PrintedAsync() : await _desk.PlaceAsync();
        if (!isInTheSpool)
        {
            await _desk.FinishAsync(number, Department.Warehouse);
        }

        var page = await OpenAsync<WarehousePage>("/backoffice/warehouse");
        await Row(page, number).QuerySelector("button")!.ClickAsync();

        await page.SaysAsync($"The pick list of {number} is queued once more, in this machine's spool.");
        Row(page, number).TextContent.ShouldContain("reprinted, by anna at 12:00:00");
        var tickets = Directory.EnumerateFiles(Path.GetDirectoryName(_desk.Get<Spool>().PdfOf("any"))!, "*.again.*.job").ToList();
        var pdf = await File.ReadAllBytesAsync(Path.ChangeExtension(tickets.ShouldHaveSingleItem(), ".pdf"), Cancellation);
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        var entry = await db.AuditLog.SingleAsync(Cancellation);
        (entry.Who, entry.Action, entry.Subject).ShouldBe(("anna", "picklist.reprint", $"order {number}"));
    }

    [Fact]
    public async Task Prints_nothing_for_an_order_that_was_cancelled_or_not_printed()
    {
        var lists = _desk.Get<PickLists>();
        var number = await PrintedAsync();
        await _desk.ChangeAsync(number, order => order.Cancel("anna", _desk.Clock.GetUtcNow()));
        (await lists.ReprintAsync(number, "anna", Cancellation)).ShouldBe(Reprint.Cancelled);
        (await lists.ReprintAsync(await _desk.PlaceAsync(), "anna", Cancellation)).ShouldBe(Reprint.NotPrinted);
        (await lists.ReprintAsync(OrderNumber.New(), "anna", Cancellation)).ShouldBe(Reprint.NotPrinted);
        (await lists.FindAsync(number, Cancellation)).ShouldBeNull();
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.AuditLog.CountAsync(Cancellation)).ShouldBe(0, "nothing was done");
    }

    [Fact]
    public async Task Offers_no_reprint_to_those_who_may_only_look()
    {
        AddAuthorization().SetAuthorized("vera").SetPolicies(OfficePolicy.View);
        var number = await PrintedAsync();
        var page = await OpenAsync<WarehousePage>("/backoffice/warehouse");
        Row(page, number).QuerySelectorAll("button").ShouldBeEmpty();
        Row(page, number).QuerySelector(".paper a")!.GetAttribute("href").ShouldBe($"/backoffice/warehouse/pick-list/{number}.pdf");
    }

    [Fact]
    public async Task Says_how_many_lists_are_still_to_be_printed()
    {
        var oldest = await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await _desk.FailAsync(await _desk.PlaceAsync(), Department.Warehouse, "out of paper", forGood: true);
        var page = await OpenAsync<WarehousePage>("/backoffice/warehouse");
        var waiting = page.Find("section[aria-labelledby=waiting]").TextContent;
        waiting.ShouldContain("2 orders wait");
        waiting.ShouldContain($"the oldest, {oldest}");
        waiting.ShouldContain("1 out of attempts");
    }

    [Fact]
    public async Task Packs_the_oldest_order_first_and_goes_on_to_the_next()
    {
        var (first, second) = (await PickedAsync([42, 2, 2]), await PickedAsync([4]));
        await _desk.PlaceAsync();
        var page = await OpenAsync<PackingPage>("/backoffice/warehouse/packing");

        page.Find("h2").TextContent.ShouldBe(first.ToString());
        page.FindAll("li").Select(l => l.QuerySelector(".quantity")!.TextContent).ShouldBe(["2 ×", "1 ×"], "in the order of the bins");
        page.Find(".page-head").TextContent.ShouldContain("2 to pack");
        page.Find("header").TextContent.ShouldContain("Pick list Warehouse did it");
        await page.Find("input").ChangeAsync(true);
        page.Markup.ShouldContain("1 of 2 ticked off");

        page.Button("Previous").HasAttribute("disabled").ShouldBeTrue();
        await page.Button("Next").ClickAsync();
        page.Find("h2").TextContent.ShouldBe(second.ToString());
        page.Markup.ShouldContain("0 of 1 ticked off");
        page.Button("Next").HasAttribute("disabled").ShouldBeTrue();
        await page.Button("Previous").ClickAsync();
        page.Find("h2").TextContent.ShouldBe(first.ToString());
    }

    [Fact]
    public async Task Keeps_what_is_being_packed_on_the_screen_and_says_when_it_is_done()
    {
        var first = await PickedAsync([2]);
        var page = await OpenAsync<PackingPage>("/backoffice/warehouse/packing");
        var second = await PickedAsync([4]);
        await _desk.FinishAsync(first, Department.Packing);

        await Watching.UntilAsync("the page shows it", async () =>
        {
            _desk.Clock.Advance(OfficeFeed.Gap);
            return await page.InvokeAsync(() => page.Find(".sign").TextContent == "Packed" && page.Find(".page-head").TextContent.Contains("1 to pack", StringComparison.Ordinal));
        }, Cancellation);
        page.Find("h2").TextContent.ShouldBe(first.ToString(), "it does not go from under the finger");
        page.Find("[role=status]").TextContent.ShouldBe($"{first}: packed");
        await page.Button("Next").ClickAsync();
        page.Find("h2").TextContent.ShouldBe(second.ToString());
    }

    private static AngleSharp.Dom.IElement Row<T>(IRenderedComponent<T> page, OrderNumber number) where T : IComponent =>
        page.FindAll("tbody tr").Single(r => r.QuerySelector("th a")!.TextContent == number.ToString());

    private async Task<OrderNumber> PickedAsync(int[] products)
    {
        var number = await _desk.PlaceAsync(products: products);
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await _desk.FinishAsync(number, Department.Warehouse);
        return number;
    }

    /// <summary>An order whose pick list lies in the spool.</summary>
    private async Task<OrderNumber> PrintedAsync()
    {
        var number = await _desk.PlaceAsync();
        await _desk.Get<IPrinter>().PrintAsync(new($"{number}:warehouse", "Pick list", "%PDF-1.7"u8.ToArray()), Cancellation);
        await _desk.FinishAsync(number, Department.Warehouse);
        return number;
    }

    private async Task<IRenderedComponent<T>> OpenAsync<T>(string address) where T : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<T>();
        await page.WaitForStateAsync(() => page.FindAll(".mud-skeleton").Count == 0, Watching.Bound);
        return page;
    }
}
