using Microsoft.EntityFrameworkCore;
using Storefront.Departments.Marketing;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Tests.BackOffice;

public sealed class Today_on_the_dashboard : IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_compared_with_yesterday_up_to_the_same_time_of_day(bool areSummed)
    {
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 23, 59, 59, TimeSpan.Zero));
        await CountedAsync();
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var price = await CountedAsync();
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 14, 29, 59, TimeSpan.Zero));
        await CountedAsync();
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 14, 30, 0, TimeSpan.Zero));
        await CountedAsync();
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 14, 30, 0, TimeSpan.Zero));
        await CountedAsync();
        if (areSummed)
        {
            await _desk.WriteAsync(async db => (await MarketingSums.TakeInAsync(db, 100, Cancellation)).ShouldBe(5));
        }

        var today = await ReadAsync(new(_desk.Contexts, _desk.Clock));

        today.Today.ShouldBe(new Takings(1, price));
        today.YesterdaySoFar.ShouldBe(new Takings(2, 2 * price), "what came at 14:30 is not yet compared at 14:30");
        today.Hours.Count.ShouldBe(24);
        today.Hours[14].ShouldBe(new HourPair(14, new(1, price), new(2, 2 * price)), "the hour as a whole");
        today.Hours[0].Yesterday.ShouldBe(new Takings(1, price));
    }

    [Fact]
    public async Task Counts_orders_minute_by_minute_and_reads_a_minute_that_is_over_no_more()
    {
        var counts = new OfficeCounts(_desk.Contexts, _desk.Clock);
        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(58));
        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.PlaceAsync();
        await _desk.PlaceAsync();
        (await ReadAsync(counts)).Minutes.Select((count, i) => (i, count)).Where(m => m.count > 0).ShouldBe([(0, 1), (58, 1), (59, 2)]);

        _desk.Clock.Advance(OfficeFeed.AgeEvery);
        await _desk.PlaceAsync();
        (await ReadAsync(counts)).Minutes[59].ShouldBe(3, "the minute that runs is counted again");
        _desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await _desk.PlaceAsync();
        await ReadAsync(counts);
        _desk.Clock.Advance(OfficeFeed.AgeEvery);
        await _desk.WriteAsync(db => db.Orders.Where(o => o.Status == OrderStatus.Placed).ExecuteDeleteAsync(Cancellation));
        (await ReadAsync(counts)).Minutes.Select((count, i) => (i, count)).Where(m => m.count > 0).ShouldBe([(56, 1), (57, 3)], "only the minutes that may still change were read again");
    }

    [Fact]
    public async Task Tells_how_long_orders_take_and_how_many_are_under_way()
    {
        for (var i = 1; i <= 20; i++)
        {
            var shipped = await _desk.PlaceAsync();
            _desk.Clock.Advance(TimeSpan.FromSeconds(i));
            await _desk.FinishAsync(shipped, Department.Warehouse, Department.Packing, Department.Shipping);
        }

        await _desk.PlaceAsync();
        await _desk.ChangeAsync(await _desk.PlaceAsync(), order => order.Cancel("anna", _desk.Clock.GetUtcNow()));
        (await ReadAsync(new(_desk.Contexts, _desk.Clock))).ToShip.ShouldBe(new TimeToShip(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(19), 20, 1));
    }

    [Fact]
    public async Task Names_the_goods_of_which_few_are_left()
    {
        await SetStockAsync(4, TodayReader.Few);
        await SetStockAsync(2, 0);
        await SetStockAsync(5, TodayReader.Few + 1);
        (await ReadAsync(new(_desk.Contexts, _desk.Clock))).RunningOut.Select(p => (p.ProductId, p.Stock)).ShouldBe([(2, 0), (4, TodayReader.Few)]);
    }

    [Fact]
    public async Task Is_read_again_after_a_while_only()
    {
        var counts = new OfficeCounts(_desk.Contexts, _desk.Clock);
        var first = await ReadAsync(counts);
        _desk.Clock.Advance(OfficeFeed.AgeEvery - TimeSpan.FromMilliseconds(1));
        (await ReadAsync(counts)).ShouldBeSameAs(first);
        _desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await ReadAsync(counts)).ShouldNotBeSameAs(first);
    }

    private static async Task<TodayNumbers> ReadAsync(OfficeCounts counts) => (await counts.ReadAsync(Cancellation)).Today;

    private Task SetStockAsync(int product, int stock) =>
        _desk.WriteAsync(db => db.Products.Where(p => p.Id == product).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, stock), Cancellation));

    private async Task<long> CountedAsync()
    {
        var number = await _desk.PlaceAsync(products: [2]);
        await _desk.CountAsync(number);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return db.Orders.Single(o => o.Number == number).PriceMinor;
    }
}

public sealed class The_time_to_ship
{
    [Fact]
    public void Is_not_told_without_a_shipped_order() => TimeToShip.Of([null, null]).ShouldBe(new TimeToShip(null, null, 0, 2));

    [Fact]
    public void Of_one_order_is_its_own() => TimeToShip.Of([TimeSpan.FromSeconds(3)]).ShouldBe(new TimeToShip(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), 1, 0));
}
