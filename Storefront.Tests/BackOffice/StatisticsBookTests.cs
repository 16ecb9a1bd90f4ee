using Microsoft.Extensions.Options;
using Storefront.Orders;
using Storefront.Web.BackOffice.Pages.Statistics;

namespace Storefront.Tests.BackOffice;

public sealed class The_statistics : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private StatisticsBook _book = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _book = new StatisticsBook(_desk.Contexts, Options.Create(new ShopOptions()), _desk.Clock);
    }

    public ValueTask DisposeAsync()
    {
        _book.Dispose();
        return _desk.DisposeAsync();
    }

    [Fact]
    public async Task Are_thirty_empty_days_before_anything_was_counted()
    {
        await _desk.PlaceAsync();
        var figures = await _book.ReadAsync(Cancellation);
        figures.ByDay.Count.ShouldBe(30);
        figures.ByDay[^1].Day.ShouldBe(new DateOnly(2026, 11, 23));
        (figures.Orders, figures.RevenueMinor, figures.AverageMinor, figures.BestSellers.Count, figures.BySource.Count).ShouldBe((0L, 0L, 0L, 0, 0));
    }

    [Fact]
    public async Task Add_up_days_sources_and_sellers_of_the_last_thirty_days()
    {
        _desk.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 23, 59, 59, TimeSpan.Zero));
        var tooOld = await CountedAsync(OrderSource.Shop, 1);
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await CountedAsync(OrderSource.Shop, 2, 4, 4);
        _desk.Clock.Advance(TimeSpan.FromDays(29));
        var second = await CountedAsync(OrderSource.Api, 4);
        var third = await CountedAsync(OrderSource.Shop, 42);

        var figures = await _book.ReadAsync(Cancellation);
        figures.ByDay.Count(d => d.Orders > 0).ShouldBe(2);
        figures.ByDay[0].ShouldBe(new DayFigures(new DateOnly(2026, 11, 25), 1, first, 3));
        figures.ByDay[^1].ShouldBe(new DayFigures(new DateOnly(2026, 12, 24), 2, second + third, 2));
        figures.BySource.ShouldBe([new SourceFigures("shop", 2, first + third), new SourceFigures("api", 1, second)]);
        figures.BestSellers.Select(s => (s.ProductId, s.Pieces)).ShouldBe([(4, 3L), (2, 1L), (42, 1L)]);
        figures.BestSellers.Sum(s => s.RevenueMinor).ShouldBe(figures.RevenueMinor);
        figures.AverageMinor.ShouldBe((long)Math.Round((first + second + third) / 3m, MidpointRounding.AwayFromZero));
        tooOld.ShouldBePositive();
    }

    [Fact]
    public async Task Are_read_once_a_minute_for_everybody()
    {
        (await _book.ReadAsync(Cancellation)).Orders.ShouldBe(0);
        await CountedAsync(OrderSource.Shop, 2);
        var before = await _book.ReadAsync(Cancellation);
        before.Orders.ShouldBe(1, "nothing is not kept for a minute");
        await CountedAsync(OrderSource.Shop, 2);
        (await _book.ReadAsync(Cancellation)).ShouldBeSameAs(before);
        _desk.Clock.Advance(StatisticsBook.Lasts);
        (await _book.ReadAsync(Cancellation)).Orders.ShouldBe(2);
    }

    /// <summary>Places and counts an order; gives its price.</summary>
    private async Task<long> CountedAsync(OrderSource source, params int[] products)
    {
        var number = await _desk.PlaceAsync(source: source, products: products);
        await _desk.CountAsync(number);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        return db.Orders.Single(o => o.Number == number).PriceMinor;
    }
}
