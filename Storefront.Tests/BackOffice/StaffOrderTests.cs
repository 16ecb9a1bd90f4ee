using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;

namespace Storefront.Tests.BackOffice;

public sealed class An_order_for_the_staff : IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Has_the_bins_references_faults_and_times()
    {
        var number = await _desk.PlaceAsync("Helgi Möller", OrderSource.Api, 4, 2, 4);
        _desk.Clock.Advance(TimeSpan.FromSeconds(3));
        await _desk.FinishAsync(number, Department.Warehouse);
        await _desk.FailAsync(number, Department.Sales, "SAP answered 503", forGood: true);

        var order = (await FindAsync(number)).ShouldNotBeNull();
        order.Customer.Name.ShouldBe("Helgi Möller");
        order.NeedsAttention.ShouldBeTrue();
        order.Lines.Select(l => (l.ProductId, l.Quantity)).ShouldBe([(2, 1), (4, 2)]);
        order.Lines.ShouldAllBe(l => !string.IsNullOrEmpty(l.Bin));
        var cellar = order.Tasks.Single(t => t.Department == Department.Warehouse);
        (cellar.State, cellar.Reference, cellar.StartedAt - cellar.QueuedAt).ShouldBe((TaskState.Done, "Warehouse did it", TimeSpan.FromSeconds(3)));
        order.Tasks.Single(t => t.Department == Department.Sales).Fault.ShouldBe("SAP answered 503");
        order.History.Select(h => h.Kind).ShouldBe([HistoryKind.Placed, HistoryKind.Done, HistoryKind.Picked, HistoryKind.Failed]);
    }

    [Fact]
    public async Task From_another_system_says_where_it_came_from()
    {
        var foreign = new ForeignOrder(new Customer("bob"), [], 4200, "m-1", "PO-77");
        var number = (await _desk.Get<PlaceOrder>().AdoptAsync(foreign, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
        var order = (await FindAsync(number)).ShouldNotBeNull();
        (order.Source, order.SourceMessageId, order.SourceReference, order.Lines.Count, order.PriceMinor).ShouldBe((OrderSource.Queue, "m-1", "PO-77", 0, 4200));
    }

    [Fact]
    public async Task Is_nothing_when_there_is_none() => (await FindAsync(OrderNumber.New())).ShouldBeNull();

    private Task<StaffOrder?> FindAsync(OrderNumber number) => new StaffOrders(_desk.Contexts).FindAsync(number, Cancellation);
}
