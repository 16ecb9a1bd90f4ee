using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Storefront.Tests.BackOffice;

namespace Storefront.Tests.Data.Plans;

/// <summary>What is found fault with, so that a bad query cannot hide.</summary>
public sealed class A_query_plan
{
    public A_query_plan() => TestDatabase.SkipUnlessSqlite("how it means to go about a query");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT * FROM orders WHERE customer_name = @name", "SCAN orders")]
    [InlineData("SELECT id FROM orders AS bought WHERE price_minor > @price ORDER BY placed_at LIMIT 10", "SCAN bought USING INDEX")]
    [InlineData("SELECT count(*) FROM order_history", "SCAN order_history USING")]
    [InlineData("SELECT id FROM orders WHERE placed_at > @at ORDER BY last_seq LIMIT 10", "USE TEMP B-TREE FOR ORDER BY")]
    [InlineData("SELECT t.reference FROM order_tasks t JOIN dead_letters d ON d.reason = t.reference WHERE t.order_id > @id", "SEARCH d USING AUTOMATIC")]
    [InlineData("UPDATE \"dead_letters\" AS \"d\" SET \"state\" = 'waiting' WHERE \"d\".\"attempts\" = 5", "SCAN d")]
    [InlineData("DELETE FROM outbox WHERE routing_key = @key", "SCAN outbox")]
    [InlineData("SELECT id FROM orders WHERE id IN (SELECT order_id FROM order_tasks WHERE attempts = 5)", "SCAN order_tasks")]
    public async Task Tells_what_would_get_slower(string sql, string step) =>
        (await FaultsAsync(sql)).ShouldContain(f => f.Step.StartsWith(step, StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT * FROM orders WHERE number = @number")]
    [InlineData("SELECT id FROM orders ORDER BY placed_at DESC, id DESC LIMIT 30")]
    [InlineData("SELECT * FROM products ORDER BY name")]
    [InlineData("SELECT l.name, p.bin FROM order_lines l LEFT JOIN products p ON p.id = l.product_id WHERE l.order_id = @id ORDER BY l.line_no")]
    [InlineData("INSERT INTO used_keys (key, fingerprint, number, used_at) VALUES (@key, @fingerprint, @number, @at)")]
    public async Task Finds_no_fault_with_what_stays_as_quick(string sql) => (await FaultsAsync(sql)).ShouldBeEmpty();

    private static async Task<IReadOnlyList<PlanFault>> FaultsAsync(string sql)
    {
        await using var desk = await OfficeDesk.OpenAsync();
        await using var db = await desk.Contexts.CreateDbContextAsync(Cancellation);
        await db.Database.OpenConnectionAsync(Cancellation);
        return QueryPlan.Of((SqliteConnection)db.Database.GetDbConnection(), sql).ShouldNotBeNull().Faults;
    }
}
