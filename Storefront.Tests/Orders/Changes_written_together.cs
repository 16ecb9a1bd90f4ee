using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Tests.Orders;

/// <summary>Changes of orders that come while others are being written share a unit of work; what goes wrong with one is no business of the others.</summary>
public sealed class Changes_written_together : IAsyncLifetime
{
    private TestShop _shop = null!;

    public Changes_written_together() => TestDatabase.SkipUnlessPostgres("where each unit of work is a transaction of its own");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GroupedChanges Changes => _shop.Services.GetRequiredService<GroupedChanges>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Share_a_transaction_whatever_orders_they_are_of_and_write_each_order_once()
    {
        var (first, second) = (await _shop.PlaceAsync(Cancellation), await _shop.PlaceAsync(Cancellation));
        var release = await BusyAsync();
        Task<string>[] changes = [ClaimAsync(first, Department.Sales), ClaimAsync(second, Department.Sales), ClaimAsync(first, Department.Marketing)];
        changes.ShouldAllBe(c => !c.IsCompleted);
        await release();

        (await Task.WhenAll(changes)).Distinct().Count().ShouldBe(1, "transactions");
        (await LooksAsync(first)).ShouldBe("version 3: Sales, Marketing", "a version for each change");
        (await LooksAsync(second)).ShouldBe("version 2: Sales");
    }

    [Fact]
    public async Task Stand_although_one_among_them_breaks_a_rule_of_the_database()
    {
        var (first, second) = (await _shop.PlaceAsync(Cancellation), await _shop.PlaceAsync(Cancellation));
        var release = await BusyAsync();
        var before = ClaimAsync(first, Department.Sales);
        var breaking = ClaimAsync(first, Department.Warehouse, db => db.Sql("INSERT INTO products SELECT * FROM products WHERE id = 2").RunAsync(Cancellation));
        var after = ClaimAsync(second, Department.Sales);
        await release();

        (await Should.ThrowAsync<PostgresException>(() => breaking)).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        await Task.WhenAll(before, after);
        (await LooksAsync(first)).ShouldBe("version 2: Sales");
        (await LooksAsync(second)).ShouldBe("version 2: Sales");
    }

    [Fact]
    public async Task Stand_although_others_among_them_have_nothing_to_change_or_no_order()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        var release = await BusyAsync();
        var nothing = Changes.RunAsync<string>(number, (_, _) => Task.FromResult<MakeChange<string>>((order, _) => Task.FromResult((false, $"{order!.Status} as it was"))), Cancellation);
        var claim = ClaimAsync(number, Department.Sales);
        var nowhere = Changes.RunAsync<string>(OrderNumber.New(), (_, _) => Task.FromResult<MakeChange<string>>((order, _) => Task.FromResult((false, order is null ? "no order" : "an order"))), Cancellation);
        await release();

        (await nothing, await nowhere).ShouldBe(("Placed as it was", "no order"));
        await claim;
        (await LooksAsync(number)).ShouldBe("version 2: Sales");
    }

    [Fact]
    public async Task Are_left_undone_by_those_who_gave_up_before_their_turn_and_by_nobody_else()
    {
        var number = await _shop.PlaceAsync(Cancellation);
        using var patience = new CancellationTokenSource();
        var release = await BusyAsync();
        var (given, claim) = (ClaimAsync(number, Department.Marketing, patience: patience.Token), ClaimAsync(number, Department.Sales));
        await patience.CancelAsync();
        await release();

        await Should.ThrowAsync<OperationCanceledException>(() => given);
        await claim;
        (await LooksAsync(number)).ShouldBe("version 2: Sales");
    }

    /// <summary>All that may write at once are busy, until what this returns is called: whatever comes meanwhile waits.</summary>
    private async Task<Func<Task>> BusyAsync()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = new List<Task>();
        for (var i = 0; i < GroupedChanges.AtOnce; i++)
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            busy.Add(Changes.RunAsync<bool>(OrderNumber.New(), async (_, _) =>
            {
                begun.TrySetResult();
                await end.Task;
                return (_, _) => Task.FromResult((false, true));
            }, CancellationToken.None));
            await begun.Task.WaitAsync(Cancellation);
        }

        return () =>
        {
            end.SetResult();
            return Task.WhenAll(busy);
        };
    }

    /// <summary>Begins a task of an order; the result is the transaction that it was written in.</summary>
    private Task<string> ClaimAsync(OrderNumber number, Department department, Func<StoreDb, Task>? then = null, CancellationToken? patience = null) =>
        Changes.RunAsync<string>(number, async (db, ct) =>
        {
            var transaction = (await db.Sql("SELECT pg_current_xact_id()::text").ListAsync(row => row.Text(0), ct))[0];
            return async (order, _) =>
            {
                order.ShouldNotBeNull().Claim(department, DateTimeOffset.UtcNow, alone: false).ShouldBe(Claim.Granted);
                await (then?.Invoke(db) ?? Task.CompletedTask);
                return (true, transaction);
            };
        }, patience ?? Cancellation);

    private async Task<string> LooksAsync(OrderNumber number)
    {
        await using var db = _shop.OpenDatabase();
        var order = await db.Orders.AsNoTracking().Include(o => o.Tasks).SingleAsync(o => o.Number == number, Cancellation);
        return $"version {order.Version}: {string.Join(", ", order.Tasks.Where(t => t is { State: TaskState.Working, Attempts: 1 }).Select(t => t.Department).Order())}";
    }
}
