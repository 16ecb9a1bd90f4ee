using System.Data.Common;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Storefront.Data;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Tests.Browser;
using Storefront.Web.Live;
using Storefront.Web.Store.Tracking;
using TestContext = Xunit.TestContext;

namespace Storefront.Tests.Store;

public sealed class The_live_order : BunitContext
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comes_back_by_itself_when_the_database_did_not_answer()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        var contexts = new Unwell(shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>()) { Refusals = 2 };
        var live = Follow(shop, contexts, await shop.FindAsync(number));

        await shop.FinishAsync(number, Department.Warehouse);

        await live.WaitForAssertionAsync(() => live.Find("h1").TextContent.ShouldBe("Your goods are picked"), Watching.Bound);
        contexts.Refusals.ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Says_nothing_aloud_until_there_is_news_and_then_says_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        var live = Follow(shop, shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), await shop.FindAsync(number));
        live.Find("[role=status]").TextContent.ShouldBeEmpty();

        await shop.FinishAsync(number, Department.Warehouse);

        await live.WaitForAssertionAsync(() => live.Find("[role=status]").TextContent.ShouldStartWith("Your goods are picked."), Watching.Bound);
    }

    [Fact]
    public async Task Says_each_change_once_and_only_in_one_place()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        var live = Follow(shop, shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), await shop.FindAsync(number));
        var said = new List<string>();
        // A screen reader speaks when the text of the region changes.
        live.OnAfterRender += (_, _) =>
        {
            var text = live.Find("[role=status]").TextContent;
            if (said.Count == 0 || said[^1] != text)
            {
                said.Add(text);
            }
        };

        var done = 0;
        foreach (var (department, headline) in new[]
        {
            (Department.Sales, "Your order is placed"), (Department.Warehouse, "Your goods are picked"), (Department.Marketing, "Your goods are picked"),
            (Department.Packing, "Your parcel is packed"), (Department.Shipping, "Your parcel is on its way"),
        })
        {
            await shop.FinishAsync(number, department);
            done++;
            await live.WaitForAssertionAsync(() => (live.FindAll(".room.done").Count, live.Find("h1").TextContent).ShouldBe((done, headline)), Watching.Bound);
        }

        live.FindAll("[aria-live], [role=status], [role=alert], [role=log]").Count.ShouldBe(1);
        said.Where(t => t.Length > 0).Select(t => t.Split('.')[0]).ShouldBe(["Your goods are picked", "Your parcel is packed", "Your parcel is on its way"]);
    }

    [Fact]
    public async Task Speaks_the_language_of_its_page_also_when_it_changes()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        var live = Follow(shop, shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), await shop.FindAsync(number), speaks: "is");
        live.Find("h1").TextContent.ShouldBe("Pöntunin þín er móttekin");

        await shop.FinishAsync(number, Department.Warehouse);

        await live.WaitForAssertionAsync(() => live.Find("[role=status]").TextContent.ShouldStartWith("Vörurnar þínar hafa verið teknar til."), Watching.Bound);
        live.FindAll(".room h3")[2].TextContent.ShouldBe("Rótakjallarinn");
        live.FindAll(".order-history li span").Select(e => e.TextContent).ShouldContain("Lagerinn prentaði tínslulistann");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hides_the_way_to_cancel_when_packing_begins_and_says_why_to_whoever_ordered(bool isOwn)
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        await shop.FinishAsync(number, Department.Warehouse);
        var live = Follow(shop, shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), await shop.FindAsync(number), isOwn);
        live.FindAll("[data-following][data-cancellable]").Count.ShouldBe(1);
        live.FindAll(".cancel-over").ShouldBeEmpty();

        await shop.ChangeAsync(number, (order, now) => order.Claim(Department.Packing, now, alone: true));

        await live.WaitForAssertionAsync(() => live.FindAll("[data-following][data-cancellable]").ShouldBeEmpty(), Watching.Bound);
        const string why = "The Wrapping Table has begun, so this order cannot be stopped any more.";
        live.FindAll(".cancel-over").Select(p => p.TextContent).ShouldBe(isOwn ? [why] : []);
        live.Find("[role=status]").TextContent.ShouldBe(isOwn ? why : "");
    }

    [Fact]
    public async Task Says_nothing_of_too_late_when_it_is_cancelled_elsewhere()
    {
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        var live = Follow(shop, shop.Services.GetRequiredService<IDbContextFactory<StoreDb>>(), await shop.FindAsync(number), isOwn: true);

        (await shop.Services.GetRequiredService<CancelOrder>().RunAsync(number, "Staff", Cancellation)).ShouldBe(Cancelling.Cancelled);

        await live.WaitForAssertionAsync(() => live.Find("[role=status]").TextContent.ShouldStartWith("This order is cancelled."), Watching.Bound);
        live.FindAll(".cancel-over, [data-cancellable]").ShouldBeEmpty();
    }

    private IRenderedComponent<LiveOrder> Follow(TestShop shop, IDbContextFactory<StoreDb> contexts, OrderSnapshot initial, bool isOwn = false, string speaks = "en")
    {
        Services.AddLogging();
        Services.AddScoped(_ => new Words(Language.English));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new OrderFollower(
            new OrderReader(contexts), shop.Services.GetRequiredService<OrderNews>(), TimeProvider.System, NullLogger<OrderFollower>.Instance));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<LiveOrder>(parameters => parameters.Add(l => l.Initial, new(initial, new Dictionary<int, string>(), Forecast.None)).Add(l => l.IsOwn, isOwn).Add(l => l.Speaks, speaks));
    }

    private sealed class Unwell(IDbContextFactory<StoreDb> contexts) : IDbContextFactory<StoreDb>
    {
        private int _refusals;

        public int Refusals { get => Volatile.Read(ref _refusals); init => _refusals = value; }

        public StoreDb CreateDbContext() => Interlocked.Decrement(ref _refusals) >= 0 ? throw new NoAnswerException() : contexts.CreateDbContext();
    }

    private sealed class NoAnswerException() : DbException("The database does not answer.");
}
