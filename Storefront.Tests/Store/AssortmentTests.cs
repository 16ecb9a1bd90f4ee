using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Tests.BackOffice;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>One copy of the goods for all pages.</summary>
public sealed class The_goods_on_show : IAsyncLifetime
{
    private const int Jam = 2;

    private OfficeDesk _desk = null!;
    private CountedContexts _contexts = null!;
    private AssortmentReader _goods = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _contexts = new(_desk.Contexts);
        _goods = new(_contexts, _desk.News, _desk.Get<GoodsNews>(), _desk.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _goods.Dispose();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Are_read_once_for_all_who_look_and_never_while_nobody_does()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => NowAsync()));
        _desk.Clock.Advance(TimeSpan.FromHours(8));
        await _desk.PlaceAsync();

        _contexts.Made.ShouldBe(1);
    }

    [Fact]
    public async Task Are_those_of_the_catalogue()
    {
        var assortment = await NowAsync();

        assortment.Products.Count.ShouldBe(42);
        assortment.Find(Jam).ShouldBeSameAs(assortment.Products[1]);
        assortment.Find(assortment.Products[4].Slug).ShouldBeSameAs(assortment.Products[4]);
        assortment.Category(assortment.Products[0].CategoryId).ShouldNotBeNull();
        assortment.Find(4711).ShouldBeNull();
        assortment.Find("no-such-thing").ShouldBeNull();
        assortment.Category("no-such-shelf").ShouldBeNull();
    }

    [Fact]
    public async Task Tell_at_once_what_an_order_has_left()
    {
        var before = await StockAsync();

        for (var ordered = 1; ordered <= 3; ordered++)
        {
            await _desk.PlaceAsync(products: Jam);
            (await StockAsync()).ShouldBe(before - ordered);
        }
    }

    [Fact]
    public async Task Are_not_read_for_every_order_when_many_come()
    {
        await NowAsync();
        _contexts.Made = 0;

        for (var hundredths = 0; hundredths < 200; hundredths++)
        {
            _desk.News.Publish(new OrderChanged(OrderNumber.New(), 1));
            await NowAsync();
            _desk.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        _contexts.Made.ShouldBeInRange(8, 13, "four times a second, and a few at the beginning");
    }

    [Fact]
    public async Task Show_within_seconds_what_somebody_else_changed()
    {
        await NowAsync();
        await _desk.WriteAsync(db => db.Products.Where(p => p.Id == Jam).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, "Damson Jam"), Cancellation));

        _desk.Clock.Advance(AssortmentReader.LookEvery);

        (await NowAsync()).Find(Jam)!.Name.ShouldBe("Damson Jam");
    }

    [Fact]
    public async Task Are_asked_for_again_by_the_next_page_when_the_database_would_not()
    {
        _contexts.Fault = new SqliteException("disk I/O error", 10);
        await Should.ThrowAsync<SqliteException>(NowAsync);

        _contexts.Fault = null;

        (await NowAsync()).Products.Count.ShouldBe(42);
    }

    private Task<Assortment> NowAsync() => _goods.NowAsync(Cancellation).AsTask();

    private async Task<int> StockAsync() => (await NowAsync()).Find(Jam)!.Stock;

    /// <summary>Each read makes one context.</summary>
    private sealed class CountedContexts(IDbContextFactory<StoreDb> contexts) : IDbContextFactory<StoreDb>
    {
        public int Made { get; set; }

        public Exception? Fault { get; set; }

        public StoreDb CreateDbContext()
        {
            Made++;
            return Fault is null ? contexts.CreateDbContext() : throw Fault;
        }
    }
}
