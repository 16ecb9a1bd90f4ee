using Microsoft.EntityFrameworkCore;
using Storefront.Departments.Marketing;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Marketing;

namespace Storefront.Tests.BackOffice;

public sealed class Marketings_figures : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private SalesBook _book = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _book = new SalesBook(_desk.Contexts, _desk.Clock);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData(Period.Today)]
    [InlineData(Period.Month)]
    [InlineData(Period.All)]
    public async Task Are_nothing_before_anything_was_counted(Period period)
    {
        await _desk.PlaceAsync();
        var figures = await _book.ReadAsync(period, Cancellation);
        (figures.Total, figures.AverageMinor, figures.Pieces, figures.BySource.Count, figures.Columns.Count).ShouldBe((Takings.Nothing, 0L, 0L, 0, 0));
        figures.Goods.Count.ShouldBe(42, "what is in the catalogue and was not sold");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Are_the_same_before_and_after_they_are_added_up(bool areSummed)
    {
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 23, 59, 59, TimeSpan.Zero));
        await CountedAsync(OrderSource.Shop, null, 1);
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await CountedAsync(OrderSource.Shop, null, 2, 4, 4);
        _desk.Clock.Advance(TimeSpan.FromDays(29));
        var second = await CountedAsync(OrderSource.Api, null, 4);
        _desk.Clock.Advance(TimeSpan.FromHours(5));
        var third = await CountedAsync(OrderSource.Shop, null, 42);
        if (areSummed)
        {
            await SumAsync(4);
        }

        var month = await _book.ReadAsync(Period.Month, Cancellation);
        month.Columns.Count.ShouldBe(30);
        month.Columns[0].ShouldBe(new StepSales("Wed 25 Nov", new(1, first)), "the first day begins at midnight");
        month.Columns[^1].ShouldBe(new StepSales("Thu 24 Dec", new(2, second + third)));
        month.Columns.Count(c => c.Sold.Orders > 0).ShouldBe(2);
        month.BySource.ShouldBe([new SourceSales("shop", new(2, first + third)), new SourceSales("api", new(1, second))]);
        month.Goods.Where(g => g.Pieces > 0).Select(g => (g.ProductId, g.Pieces)).ShouldBe([(4, 3L), (42, 1L), (2, 1L)], ignoreOrder: true);
        month.Goods[0].ProductId.ShouldBe(4, "the best seller first");
        month.Goods.Sum(g => g.RevenueMinor).ShouldBe(month.Total.RevenueMinor);
        month.Categories.Sum(c => c.Pieces).ShouldBe(month.Pieces);
        month.ByHour.Select((sold, hour) => (hour, sold.Orders)).Where(h => h.Orders > 0).ShouldBe([(0, 2L), (5, 1L)]);
        month.AverageMinor.ShouldBe((long)Math.Round((first + second + third) / 3m, MidpointRounding.AwayFromZero));

        var today = await _book.ReadAsync(Period.Today, Cancellation);
        today.Columns.Select(c => (c.Label, c.Sold.Orders)).Where(c => c.Orders > 0).ShouldBe([("00:00", 1L), ("05:00", 1L)]);
        var all = await _book.ReadAsync(Period.All, Cancellation);
        all.Columns.Select(c => (c.Label, c.Sold.Orders)).ShouldBe([("Nov 2026", 2L), ("Dec 2026", 2L)]);
        (await _book.ReadAsync(Period.Week, Cancellation)).Total.Orders.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tell_new_from_returning_customers_by_their_address(bool areSummed)
    {
        await CountedAsync(OrderSource.Shop, "helgi@example.com", 1);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await CountedAsync(OrderSource.Api, "Helgi@Example.com", 1);
        await CountedAsync(OrderSource.Shop, "ada@example.com", 1);
        await CountedAsync(OrderSource.Shop, null, 1);
        if (areSummed)
        {
            await SumAsync(4);
        }

        var figures = await _book.ReadAsync(Period.Today, Cancellation);
        (figures.New, figures.Returning, figures.Unknown).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Do_not_know_the_name_of_goods_that_left_the_catalogue_but_count_them()
    {
        await CountedAsync(OrderSource.Shop, null, 2);
        await SumAsync(1);
        await _desk.WriteAsync(db => db.Products.Where(p => p.Id == 2).ExecuteDeleteAsync(Cancellation));
        var gone = (await _book.ReadAsync(Period.Today, Cancellation)).Goods[0];
        (gone.Name, gone.Stock, gone.Pieces).ShouldBe(("No. 2", null, 1L));
    }

    [Fact]
    public async Task Are_read_once_for_everybody_for_a_while()
    {
        (await _book.ReadAsync(Period.Month, Cancellation)).Total.Orders.ShouldBe(0);
        await CountedAsync(OrderSource.Shop, null, 2);
        var before = await _book.ReadAsync(Period.Month, Cancellation);
        before.Total.Orders.ShouldBe(1, "nothing is not kept");
        await CountedAsync(OrderSource.Shop, null, 2);
        (await _book.ReadAsync(Period.Month, Cancellation)).ShouldBeSameAs(before);
        (await _book.ReadAsync(Period.Today, Cancellation)).Total.Orders.ShouldBe(2, "each period for itself");
        _desk.Clock.Advance(SalesBook.Lasts);
        (await _book.ReadAsync(Period.Month, Cancellation)).Total.Orders.ShouldBe(2);
    }

    private Task SumAsync(int orders) => _desk.WriteAsync(async db => (await MarketingSums.TakeInAsync(db, 100, Cancellation)).ShouldBe(orders));

    /// <summary>Places and counts an order; gives its price.</summary>
    private async Task<long> CountedAsync(OrderSource source, string? email, params int[] products)
    {
        var request = new OrderRequest(new Customer("Helgi Möller", email), OrderRequest.CountIds(products));
        var number = (await _desk.Get<PlaceOrder>().RunAsync(request, source, null, Cancellation)).ShouldBeOfType<Placing.Accepted>().Number;
        await _desk.CountAsync(number);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return db.Orders.Single(o => o.Number == number).PriceMinor;
    }
}

public sealed class A_period_of_marketings
{
    [Theory]
    [InlineData("today", Period.Today)]
    [InlineData("7", Period.Week)]
    [InlineData("30", Period.Month)]
    [InlineData("all", Period.All)]
    [InlineData("yesterday", Period.Month)]
    [InlineData(null, Period.Month)]
    public void Stands_in_the_address(string? word, Period period)
    {
        Periods.Read(word).ShouldBe(period);
        Periods.Read(period.Word()).ShouldBe(period);
    }
}
