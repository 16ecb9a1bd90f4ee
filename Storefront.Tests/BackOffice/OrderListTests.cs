using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.Orders;

namespace Storefront.Tests.BackOffice;

public sealed class The_list_of_orders : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private OrderList _list = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _list = new OrderList(_desk.Contexts, _desk.Clock);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Shows_every_order_once_page_by_page_and_back_even_when_all_were_placed_at_one_moment()
    {
        var placed = new List<OrderNumber>();
        for (var i = 0; i < 70; i++)
        {
            placed.Insert(0, await _desk.PlaceAsync());
        }

        var first = await _list.ReadAsync(OrderFilter.None, null, null, Cancellation);
        var second = await OlderAsync(first);
        var third = await OlderAsync(second);
        first.Rows.Concat(second.Rows).Concat(third.Rows).Select(o => o.Number).ShouldBe(placed);
        (first.Previous, first.Next is null, first.Total!.Value.Count).ShouldBe((null, false, 70));
        (second.Previous is null, second.Next is null).ShouldBe((false, false));
        (third.Previous is null, third.Next, third.Rows.Count).ShouldBe((false, null, 10));

        (await NewerAsync(third)).Rows.Select(o => o.Id).ShouldBe(second.Rows.Select(o => o.Id));
        var top = await NewerAsync(second);
        top.Rows.Select(o => o.Id).ShouldBe(first.Rows.Select(o => o.Id));
        top.Previous.ShouldBeNull();
    }

    [Fact]
    public async Task Loses_and_repeats_nothing_while_orders_come_in()
    {
        for (var i = 0; i < 31; i++)
        {
            await _desk.PlaceAsync();
        }

        var first = await _list.ReadAsync(OrderFilter.None, null, null, Cancellation);
        await _desk.PlaceAsync();
        (await OlderAsync(first)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Goes_by_status()
    {
        var placed = await _desk.PlaceAsync();
        var picked = await _desk.PlaceAsync();
        await _desk.FinishAsync(picked, Department.Warehouse);
        var shipped = await _desk.PlaceAsync();
        await _desk.FinishAsync(shipped, [.. OrderTerms.Departments]);

        (await FindAsync(new(Status: OrderStatus.Placed))).ShouldBe([placed]);
        (await FindAsync(new(Status: OrderStatus.Picked))).ShouldBe([picked]);
        (await FindAsync(new(Status: OrderStatus.Packed))).ShouldBeEmpty();
        (await FindAsync(new(Status: OrderStatus.Shipped))).ShouldBe([shipped]);
    }

    [Fact]
    public async Task Finds_cancelled_orders_and_what_is_still_to_be_undone_for_them()
    {
        await _desk.PlaceAsync();
        var untouched = await _desk.PlaceAsync();
        await _desk.ChangeAsync(untouched, order => order.Cancel("Staff", _desk.Clock.GetUtcNow()));
        var begun = await _desk.PlaceAsync();
        await _desk.FinishAsync(begun, Department.Sales, Department.Warehouse);
        await _desk.ChangeAsync(begun, order => order.Cancel(HistoryData.Customer, _desk.Clock.GetUtcNow()));

        (await FindAsync(new(Status: OrderStatus.Cancelled))).ShouldBe([begun, untouched]);
        (await FindAsync(new(Status: OrderStatus.Cancelled, Room: Department.Sales))).ShouldBe([begun]);
        (await FindAsync(new(Status: OrderStatus.Cancelled, State: TaskState.Waiting))).ShouldBe([begun]);
        (await FindAsync(new(Status: OrderStatus.Cancelled, Attention: true))).ShouldBeEmpty();

        var undo = new TaskName(Department.Sales, TaskAction.Undo);
        await _desk.ChangeAsync(begun, order =>
        {
            order.Claim(undo, _desk.Clock.GetUtcNow(), alone: true).ShouldBe(Claim.Granted);
            order.GiveUp(undo, 1, "SAP answered 503", _desk.Clock.GetUtcNow()).ShouldBeTrue();
        });
        (await FindAsync(new(Status: OrderStatus.Cancelled, Attention: true))).ShouldBe([begun]);
    }

    [Fact]
    public async Task Goes_by_what_a_room_has_in_hand()
    {
        var waiting = await _desk.PlaceAsync();
        var failed = await _desk.PlaceAsync();
        await _desk.FailAsync(failed, Department.Sales, "no answer", forGood: true);
        var retrying = await _desk.PlaceAsync();
        await _desk.FailAsync(retrying, Department.Warehouse, "no paper", forGood: false);
        var done = await _desk.PlaceAsync();
        await _desk.FinishAsync(done, [.. OrderTerms.Departments]);

        (await FindAsync(new(Attention: true))).ShouldBe([failed]);
        (await FindAsync(new(Room: Department.Sales, State: TaskState.Failed))).ShouldBe([failed]);
        (await FindAsync(new(Room: Department.Warehouse, State: TaskState.Retrying))).ShouldBe([retrying]);
        (await FindAsync(new(State: TaskState.Retrying))).ShouldBe([retrying]);
        (await FindAsync(new(Room: Department.Warehouse))).ShouldBe([retrying, failed, waiting]);
        (await FindAsync(new(Room: Department.Packing))).ShouldBeEmpty("nothing has come to packing yet");
    }

    [Fact]
    public async Task Is_searched_by_number_and_by_how_a_name_begins()
    {
        var helgi = await _desk.PlaceAsync("Helgi Möller");
        var hazel = await _desk.PlaceAsync("Hazel 100%");
        await _desk.PlaceAsync("Bigwig");

        (await FindAsync(new(Search: "he"))).ShouldBe([helgi]);
        (await FindAsync(new(Search: "Helgi Möl"))).ShouldBe([helgi]);
        (await FindAsync(new(Search: "Möller"))).ShouldBeEmpty();
        (await FindAsync(new(Search: "hazel 100%"))).ShouldBe([hazel]);
        (await FindAsync(new(Search: "%"))).ShouldBeEmpty();
        (await FindAsync(new(Search: "_"))).ShouldBeEmpty();
        (await FindAsync(new(Search: hazel.ToString().ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)))).ShouldBe([hazel]);
    }

    [Fact]
    public async Task Tells_which_of_the_changed_orders_belong_into_it()
    {
        var failed = await _desk.PlaceAsync();
        await _desk.FailAsync(failed, Department.Sales, "no answer", forGood: true);
        var many = new List<OrderNumber> { failed };
        for (var i = 0; i < 600; i++)
        {
            many.Add(OrderNumber.New());
        }

        (await _list.AmongAsync(new(Attention: true), many, Cancellation)).Keys.ShouldBe([failed]);
        (await _list.AmongAsync(new(Attention: true), [await _desk.PlaceAsync()], Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?status=picked")]
    [InlineData("?attention=true")]
    [InlineData("?room=warehouse&state=failed&q=Helgi%20M%C3%B6ller")]
    [InlineData("?source=api&from=2026-11-01&to=2026-11-30&min=10&max=99.5&sort=dearest")]
    public void Has_an_address_that_leads_back_to_it(string query)
    {
        var words = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        var filter = OrderFilter.Read(words);
        filter.CsvAddress.ShouldBe("/backoffice/orders.csv" + query);
        filter.Address.ShouldBe("/backoffice/orders" + query);
    }

    [Theory]
    [InlineData("", "all")]
    [InlineData("?source=shop", "from the shop's pages")]
    [InlineData("?source=api", "from the API")]
    [InlineData("?source=queue", "from the queue")]
    [InlineData("?source=simulation&min=10", "from the simulation, worth 10 or more")]
    public void Says_what_is_asked_for(string query, string said) =>
        OrderFilter.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)).ToString().ShouldBe(said);

    [Fact]
    public void Reads_nothing_into_words_it_does_not_know()
    {
        OrderFilter.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(
            "?status=eaten&attention=perhaps&room=kitchen&state=done&q=%20%20&source=mail&from=yesterday&to=2026-02-30&min=-1&max=1.234&sort=random&status=placed")).ShouldBe(OrderFilter.None);
        OrderCursor.Read("1.x").ShouldBeNull();
        OrderCursor.Read("99999999999999999999.1").ShouldBeNull();
        OrderCursor.Read("-1.1").ShouldBeNull();
        OrderCursor.Read(null).ShouldBeNull();
        OrderCursor.Read("638000000000000000.7").ShouldBe(new OrderCursor(638000000000000000, 7));
    }

    private async Task<IReadOnlyList<OrderNumber>> FindAsync(OrderFilter filter) =>
        [.. (await _list.ReadAsync(filter, null, null, Cancellation)).Rows.Select(o => o.Number)];

    private Task<OrderSlice> OlderAsync(OrderSlice slice) => _list.ReadAsync(OrderFilter.None, slice.Next, null, Cancellation);

    private Task<OrderSlice> NewerAsync(OrderSlice slice) => _list.ReadAsync(OrderFilter.None, null, slice.Previous, Cancellation);
}
