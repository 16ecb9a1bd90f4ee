using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Tests.Nodes;

/// <summary>The departments without the shop's pages.</summary>
public sealed class A_work_process(SharedBroker broker) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storefront-work-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_refused_on_SQLite()
    {
        var (code, output) = await WorkProcess.RunAsync(Cancellation, ("Data:Folder", _folder), ("Database:Provider", "Sqlite"));

        code.ShouldBe(1);
        output.Trim().ShouldBe("work cannot start: Database:Provider must be Postgres: on SQLite the shop is one process, and its departments work inside it.");
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty("it has made nothing");
    }

    [Fact]
    public async Task Says_which_setting_is_wrong()
    {
        var (code, output) = await WorkProcess.RunAsync(Cancellation, ("Data:Folder", _folder), ("Database:Provider", "Postgres"), ("ConnectionStrings:Store", "Host=localhost"));

        code.ShouldBe(1);
        output.ShouldStartWith("work cannot start: ConnectionStrings:Store must name the Database");
    }

    [Fact]
    public async Task Works_for_a_shop_that_has_no_departments_of_its_own_and_ends_in_order_when_it_is_told()
    {
        TestDatabase.SkipUnlessPostgres("several processes on one database");
        var host = await broker.NewHostAsync(Cancellation);
        await using var shop = await OpenWebAsync(host);
        var status = shop.Services.GetRequiredService<RelayStatus>();
        await Watching.UntilAsync("the shop relays", () => Task.FromResult(status.Now.State == RelayState.AtWork), Cancellation);
        await using var work = await WorkProcess.StartAsync(_folder, host, Cancellation);

        // What the departments commit reaches the relay from the other process: were it not told, each step would take half a minute.
        var number = await shop.PlaceAsync(Cancellation);
        var order = await shop.DoneAsync(number, Cancellation);

        order.Status.ShouldBe(OrderStatus.Shipped);
        (order.CompletedAt! - order.PlacedAt).Value.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        await shop.BalancesAsync([number], Cancellation);
        (await work.StopAsync(Cancellation)).ShouldBe(0, work.Output);
    }

    [Fact]
    public async Task That_is_at_work_on_something_for_long_is_not_disturbed_and_when_it_is_killed_another_begins_anew()
    {
        TestDatabase.SkipUnlessPostgres("several processes on one database");
        var host = await broker.NewHostAsync(Cancellation);
        await using var shop = await OpenWebAsync(host);
        OrderNumber lost;
        await using (var early = await WorkProcess.StartAsync(_folder, host, Cancellation))
        {
            lost = await shop.PlaceAsync(Cancellation);
            await shop.DoneAsync(lost, Cancellation);
            (await early.StopAsync(Cancellation)).ShouldBe(0, early.Output);
        }

        await using var first = await WorkProcess.StartAsync(_folder, host, Cancellation, ("Simulation:TimeScale", "1"), ("Departments:Sales:Duration", "60 s"),
            ("Departments:Marketing:Duration", "0 s"), ("Departments:Warehouse:Duration", "0 s"), ("Departments:Packing:Duration", "0 s"), ("Departments:Shipping:Duration", "0 s"));
        var number = await shop.PlaceAsync(Cancellation);
        await Watching.UntilAsync("the first is at work", async () => (await SalesAsync(shop, number)).State == TaskState.Working, Cancellation);

        // Only the second looks for orders that have stopped moving; when it finds the lost one, it has passed over the other.
        await using var second = await WorkProcess.StartAsync(_folder, host, Cancellation, ("Messaging:SweepAfter", "1 s"));
        await shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Sql(
            "UPDATE order_tasks SET state = 'working', claimed_by = 1, queued_at = 1, started_at = 1 WHERE department = 'sales' AND order_id = (SELECT id FROM orders WHERE number = @number)",
            ("@number", lost.Value)).RunAsync(ct), Cancellation);
        await Watching.UntilAsync("the lost one is found", async () => (await shop.FindAsync(lost)).History.Any(h => h.Kind == HistoryKind.SetGoing), Cancellation);
        (await shop.FindAsync(number)).History.ShouldNotContain(h => h.Kind == HistoryKind.SetGoing);
        (await SalesAsync(shop, number)).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TaskState.Working), t => t.Attempts.ShouldBe(1));

        await first.KillAsync();
        var order = await shop.DoneAsync(number, Cancellation);
        order.Tasks.Single(t => t.Department == Department.Sales).Attempts.ShouldBe(2);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await TestDatabase.ForgetAsync(_folder);
    }

    private static async Task<OrderTask> SalesAsync(TestShop shop, OrderNumber number)
    {
        await using var db = shop.OpenDatabase();
        return (await db.Orders.AsNoTracking().Include(o => o.Tasks).SingleAsync(o => o.Number == number, Cancellation)).Task(Department.Sales);
    }

    private Task<TestShop> OpenWebAsync(Uri host) => TestShop.OpenAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Data:Folder"] = _folder, ["Broker:Uri"] = host.ToString(), ["Workers:CoHosted"] = "false",
    });
}
