using System.Data.Common;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Storefront.Data;
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

    private IRenderedComponent<LiveOrder> Follow(TestShop shop, IDbContextFactory<StoreDb> contexts, OrderSnapshot initial)
    {
        Services.AddLogging();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new OrderFollower(
            new OrderReader(contexts), shop.Services.GetRequiredService<OrderNews>(), TimeProvider.System, NullLogger<OrderFollower>.Instance));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<LiveOrder>(parameters => parameters.Add(l => l.Initial, initial));
    }

    private sealed class Unwell(IDbContextFactory<StoreDb> contexts) : IDbContextFactory<StoreDb>
    {
        private int _refusals;

        public int Refusals { get => Volatile.Read(ref _refusals); init => _refusals = value; }

        public StoreDb CreateDbContext() => Interlocked.Decrement(ref _refusals) >= 0 ? throw new NoAnswerException() : contexts.CreateDbContext();
    }

    private sealed class NoAnswerException() : DbException("The database does not answer.");
}
