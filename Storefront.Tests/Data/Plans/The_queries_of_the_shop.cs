using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Data.Sqlite;

namespace Storefront.Tests.Data.Plans;

/// <summary>No query gets slower with the number of orders kept: each is asked for its plan.</summary>
public sealed class The_queries_of_the_shop(SharedBroker broker)
{
    private readonly OverheardSql _overheard = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_what_they_look_for_by_an_index_and_in_order()
    {
        TestDatabase.SkipUnlessSqlite("plans do not depend on how many rows there are");
        await using var shop = await OpenAsync((await broker.NewHostAsync(Cancellation)).ToString());

        await new DayInTheShop(shop).PassAsync();
        await Watching.UntilAsync("the sweeper has looked", () => Task.FromResult(_overheard.Statements.Any(s => s.Contains("WHERE \"o\".\"correlation_id\"", StringComparison.Ordinal))), Cancellation);

        var plans = await PlansAsync(shop);
        plans.Count.ShouldBeGreaterThan(100, "everything was done");
        var faults = plans.SelectMany(p => p.Faults).ToList();
        faults.Where(f => !Exemption.All.Any(e => e.Covers(f))).ShouldBeEmpty();
        Exemption.All.Where(e => !faults.Exists(e.Covers)).ShouldBeEmpty("what needs no exemption any more has none");
    }

    [Fact]
    public async Task Are_overheard_whoever_wrote_them()
    {
        TestDatabase.SkipUnlessSqlite("it tells of every statement");
        await using var shop = await OpenAsync(TestShop.NoBroker);
        await using (var db = shop.OpenDatabase())
        {
            await db.Orders.Where(o => o.LastSeq > 5).ToListAsync(Cancellation);
            await db.Sql("SELECT id FROM orders WHERE city = @city", ("@city", "Reykjavík")).ListAsync(row => row.Number(0), Cancellation);
            await shop.Services.GetRequiredService<StoreWrites>().RunAsync((written, ct) => written.UsedKeys.Where(k => k.Fingerprint == "x").ExecuteDeleteAsync(ct), Cancellation);
        }

        var faults = (await PlansAsync(shop)).SelectMany(p => p.Faults).Where(f => !Exemption.All.Any(e => e.Covers(f))).Select(f => f.ToString()).ToList();
        faults.ShouldContain(f => f.StartsWith("SCAN o:", StringComparison.Ordinal) && f.Contains("\"last_seq\" > 5", StringComparison.Ordinal));
        faults.ShouldContain("SCAN orders: SELECT id FROM orders WHERE city = @city");
        faults.ShouldContain(f => f.StartsWith("SCAN u:", StringComparison.Ordinal) && f.Contains("DELETE FROM \"used_keys\"", StringComparison.Ordinal));
    }

    private async Task<TestShop> OpenAsync(string address)
    {
        var shop = await TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Broker:Uri"] = address, ["Messaging:SweepAfter"] = "1 s", ["Departments:Packing:Enabled"] = "false",
        }, services => services.ConfigureDbContext<SqliteStoreDb>(options => options.AddInterceptors(_overheard)));
        _overheard.Forget();
        return shop;
    }

    private async Task<List<QueryPlan>> PlansAsync(TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        await db.Database.OpenConnectionAsync(Cancellation);
        return [.. _overheard.Statements.Select(s => QueryPlan.Of((SqliteConnection)db.Database.GetDbConnection(), s)).OfType<QueryPlan>()];
    }
}
