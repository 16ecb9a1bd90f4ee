using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Departments.Controls;
using Storefront.Messaging;
using Storefront.Orders;
using Storefront.Simulation;
using Storefront.Tests.Account;

namespace Storefront.Tests.Simulation;

/// <summary>The staff shows the shop under load and in bad weather, where that is allowed.</summary>
public sealed class Playing_the_shop
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_orders_placed_that_are_marked_and_mailed_to_nobody()
    {
        await using var shop = await OpenAsync(("Catalog:OpeningStock", "1000"));
        (await Desk(shop).BeginAsync(new(20, 200, 42), "Holly", Cancellation)).ShouldBeEmpty();
        var end = await EndAsync(shop);

        (end.Placed, end.RefusedInAll, end.Left, end.WasStopped, end.By).ShouldBe((20, 0, 0, false, "Holly"));
        await using var db = shop.OpenDatabase();
        var orders = await db.Orders.Include(o => o.Tasks).ToListAsync(Cancellation);
        orders.Count.ShouldBe(20);
        orders.ShouldAllBe(o => o.Source == OrderSource.Simulation && o.Customer.Email == null && o.Tasks.Count == 5);
        (await AuditAsync(shop)).ShouldBe(["Holly simulation.start simulation: 20 orders, 200 a second, seed 42"]);
    }

    [Fact]
    public async Task Counts_what_the_shop_refuses_by_its_reason()
    {
        await using var shop = await OpenAsync(("Catalog:OpeningStock", "1"));
        (await Desk(shop).BeginAsync(new(60, 200, 42), "Holly", Cancellation)).ShouldBeEmpty();
        var end = await EndAsync(shop);

        (end.Placed + end.RefusedInAll).ShouldBe(60);
        end.RefusedInAll.ShouldBeGreaterThan(0);
        end.Refused.Keys.ShouldAllBe(reason => reason.StartsWith("Sold out: ", StringComparison.Ordinal));
        await using var db = shop.OpenDatabase();
        (await db.Orders.CountAsync(Cancellation)).ShouldBe(end.Placed);
        (await db.Products.AnyAsync(p => p.Stock < 0, Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Orders_nothing_that_is_not_sold_any_more()
    {
        await using var shop = await OpenAsync(("Catalog:OpeningStock", "1000"));
        await using var db = shop.OpenDatabase();
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Id).ToListAsync(Cancellation);
        foreach (var gone in products.Skip(1))
        {
            (await shop.Services.GetRequiredService<GoodsDesk>().ArchiveAsync(gone.Id, gone.Version, isArchived: true, "Holly", Cancellation)).ShouldBeOfType<Editing.Saved>();
        }

        (await Desk(shop).BeginAsync(new(20, 200, 42), "Holly", Cancellation)).ShouldBeEmpty();

        (await EndAsync(shop)).ShouldSatisfyAllConditions(e => e.Placed.ShouldBe(20), e => e.RefusedInAll.ShouldBe(0));
        (await db.Orders.SelectMany(o => o.Lines).Select(l => l.ProductId).Distinct().ToListAsync(Cancellation)).ShouldBe([products[0].Id]);
    }

    [Fact]
    public async Task Is_one_run_at_a_time_and_ends_when_it_is_told_to()
    {
        await using var shop = await OpenAsync();
        (await Desk(shop).BeginAsync(new(10_000, 0.1, 1), "Holly", Cancellation)).ShouldBeEmpty();
        (await Desk(shop).BeginAsync(new(1, 1, 1), "Clover", Cancellation)).ShouldBe([new("", "A run goes on already; stop it first.")]);

        await Desk(shop).StopAsync("Clover", Cancellation);
        var end = await EndAsync(shop);
        (end.WasStopped, end.Left).ShouldBe((true, 0));
        await Desk(shop).StopAsync("Clover", Cancellation);
        (await AuditAsync(shop)).ShouldBe(["Holly simulation.start simulation: 10000 orders, 0.1 a second, seed 1", "Clover simulation.stop simulation: the run of orders"], "what had ended is not stopped again");
        (await Desk(shop).BeginAsync(new(1, 200, 1), "Clover", Cancellation)).ShouldBeEmpty("the next may begin");
        (await EndAsync(shop)).ShouldSatisfyAllConditions(e => e.Plan.Orders.ShouldBe(1), e => e.WasStopped.ShouldBeFalse());
    }

    [Fact]
    public async Task Is_all_over_with_one_command()
    {
        await using var shop = await OpenAsync();
        (await Desk(shop).BeginAsync(new(10_000, 0.1, 1), "Holly", Cancellation)).ShouldBeEmpty();
        (await Desk(shop).MakeWeatherAsync(Department.Packing, new(0.3, TimeSpan.FromMinutes(30)), "Holly", Cancellation)).ShouldBeEmpty();
        (await Desk(shop).BeginOutageAsync(120, "Holly", Cancellation)).ShouldBeEmpty();
        Desk(shop).IsAnythingPlayed.ShouldBeTrue();

        await Desk(shop).StopEverythingAsync("Clover", Cancellation);
        await EndAsync(shop);
        Desk(shop).IsAnythingPlayed.ShouldBeFalse();
        shop.Services.GetRequiredService<CurrentSettings>().Of(Department.Packing).FailureRate.ShouldBe(0);
        (await AuditAsync(shop)).Where(e => e.StartsWith("Clover", StringComparison.Ordinal)).Select(e => e.Split(" until")[0]).ShouldBe(
            ["Clover simulation.stop simulation: the run of orders and the broker's outage", "Clover department.weather department packing: weather 30 %"]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(121)]
    public async Task Has_the_broker_away_for_no_less_than_5_seconds_and_no_more_than_two_minutes(int seconds)
    {
        await using var shop = await OpenAsync();
        (await Desk(shop).BeginOutageAsync(seconds, "Holly", Cancellation)).ShouldBe([new("seconds", $"must be from 5 to 120 seconds; it is {seconds}.")]);
        shop.Services.GetRequiredService<BrokerOutage>().Now.ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_in_production_unless_it_is_switched_on_and_the_page_says_how()
    {
        await using var shop = await TestShop.OpenAsync();
        Fault[] refusal = [new("", "Nothing is played in this shop: Simulation:Allowed is off.")];
        (await Desk(shop).BeginAsync(new(1, 1, 1), "Holly", Cancellation)).ShouldBe(refusal);
        (await Desk(shop).MakeWeatherAsync(Department.Sales, new(1, TimeSpan.FromMinutes(1)), "Holly", Cancellation)).ShouldBe(refusal);
        (await Desk(shop).BeginOutageAsync(30, "Holly", Cancellation)).ShouldBe(refusal);
        Desk(shop).IsAnythingPlayed.ShouldBeFalse();

        await shop.Client.SignedInAsync();
        var page = await shop.Client.GetStringAsync(new Uri("/backoffice/simulation", UriKind.Relative), Cancellation);
        page.ShouldContain("Simulation__Allowed=true");
        page.ShouldNotContain("Have them come");
    }

    private static SimulationDesk Desk(TestShop shop) => shop.Services.GetRequiredService<SimulationDesk>();

    private static async Task<SimulationProgress> EndAsync(TestShop shop)
    {
        var runner = shop.Services.GetRequiredService<SimulationRunner>();
        await Watching.UntilAsync("the run is over", () => Task.FromResult(!runner.IsRunning), Cancellation);
        return runner.Now.ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<string>> AuditAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return [.. (await db.AuditLog.OrderBy(e => e.Id).ToListAsync(Cancellation)).Select(e => $"{e.Who} {e.Action} {e.Subject}: {e.Detail}")];
    }

    private static Task<TestShop> OpenAsync(params (string Key, string Value)[] settings) =>
        TestShop.OpenAsync(settings.Append(("Simulation:Allowed", "true")).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));
}
