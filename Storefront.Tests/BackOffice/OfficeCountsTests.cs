using Microsoft.EntityFrameworkCore;
using Storefront.Orders;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Tests.BackOffice;

public sealed class The_dashboards_numbers : IAsyncLifetime
{
    private OfficeDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await OfficeDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_all_nothing_in_a_new_shop()
    {
        var numbers = await ReadAsync();
        (numbers.LastMinute.Count, numbers.LastHour.Count, numbers.DeadLetters.Count, numbers.Failed.Count).ShouldBe((0, 0, 0, 0));
        numbers.Outbox.ShouldBe(new OutboxLoad(new Capped(0), null));
        numbers.Newest.ShouldBeEmpty();
        numbers.Rooms.Select(r => r.Department).ShouldBe(OrderTerms.Departments);
        numbers.Rooms.ShouldAllBe(r => r.OldestWaiting == null && RoomLoad.States.All(s => r[s].Count == 0));
    }

    [Fact]
    public async Task Count_a_room_only_what_has_come_to_it()
    {
        var waiting = await _desk.PlaceAsync();
        var since = _desk.Clock.GetUtcNow();
        _desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await _desk.FinishAsync(await _desk.PlaceAsync(), Department.Warehouse);
        await _desk.ClaimAsync(await _desk.PlaceAsync(), Department.Warehouse);
        await _desk.FailAsync(await _desk.PlaceAsync(), Department.Warehouse, "out of paper", forGood: false);
        await _desk.FailAsync(await _desk.PlaceAsync(), Department.Warehouse, "out of paper", forGood: true);

        var numbers = await ReadAsync();
        var cellar = numbers.Rooms.Single(r => r.Department == Department.Warehouse);
        RoomLoad.States.Select(s => cellar[s].Count).ShouldBe([1, 1, 1, 1]);
        cellar.OldestWaiting.ShouldBe(since);
        var table = numbers.Rooms.Single(r => r.Department == Department.Packing);
        RoomLoad.States.Select(s => table[s].Count).ShouldBe([1, 0, 0, 0], "four other orders have not come that far");
        numbers.Rooms.Single(r => r.Department == Department.Shipping)[TaskState.Waiting].Count.ShouldBe(0);
        numbers.Failed.Count.ShouldBe(1);
        waiting.ShouldNotBe(default);
    }

    [Fact]
    public async Task Count_the_last_minute_and_the_last_hour()
    {
        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(59));
        await _desk.PlaceAsync();
        await _desk.PlaceAsync();
        _desk.Clock.Advance(TimeSpan.FromSeconds(59));

        var numbers = await ReadAsync();
        (numbers.LastMinute.Count, numbers.LastHour.Count).ShouldBe((2, 3));
        _desk.Clock.Advance(TimeSpan.FromSeconds(2));
        numbers = await ReadAsync();
        (numbers.LastMinute.Count, numbers.LastHour.Count).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Tell_what_the_outbox_owes_the_broker_but_not_what_it_holds_back()
    {
        await _desk.PlaceAsync();
        var first = _desk.Clock.GetUtcNow();
        _desk.Clock.Advance(TimeSpan.FromSeconds(3));
        await _desk.PlaceAsync();
        await _desk.WriteAsync(db => db.Outbox.OrderBy(r => r.Id).Skip(1).ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, _desk.Clock.GetUtcNow().AddSeconds(30)), Cancellation));

        (await ReadAsync()).Outbox.ShouldBe(new OutboxLoad(new Capped(1), first));
        _desk.Clock.Advance(TimeSpan.FromSeconds(30));
        (await ReadAsync()).Outbox.Due.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Show_the_newest_orders_first_and_what_their_rooms_do()
    {
        for (var i = 0; i < 9; i++)
        {
            await _desk.PlaceAsync($"Rabbit {i}");
        }

        await _desk.FailAsync(await _desk.PlaceAsync("Rabbit 9"), Department.Sales, "no answer", forGood: true);

        var newest = (await ReadAsync()).Newest;
        newest.Select(o => o.Customer).ShouldBe(Enumerable.Range(2, 8).Reverse().Select(i => $"Rabbit {i}"));
        newest[0].NeedsAttention.ShouldBeTrue();
        newest[0].Tasks.Count.ShouldBe(5);
        newest[1].NeedsAttention.ShouldBeFalse();
    }

    [Fact]
    public async Task Stop_counting_at_ten_thousand()
    {
        await _desk.WriteAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 10500)
            insert into dead_letters(at, queue, exchange, body, headers, reason, cause, attempts, state) select i, 'orders', '', {0}, '{{}}', 'because', 'because', 1, 'waiting' from n
            """, [Array.Empty<byte>()], Cancellation));
        (await ReadAsync()).DeadLetters.ToString().ShouldBe("10,000+");
        new Capped(Capped.Max).ToString().ShouldBe("10,000");
    }

    [Fact]
    public async Task Are_read_along_indexes()
    {
        TestDatabase.SkipUnlessSqlite("how it means to go about a query");
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        await db.Database.OpenConnectionAsync(Cancellation);
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            $"""
            explain query plan select count(*) from (select 1 from order_tasks
            where {UnfinishedWork.Sql} and state = @state and department = @department and queued_at is not null order by queued_at limit 10001)
            """;
        using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            plan.Add(reader.GetString(3));
        }

        plan.ShouldContain(step => step.Contains("COVERING INDEX ix_order_tasks_state_department_queued_at (state=? AND department=? AND queued_at>?)", StringComparison.Ordinal));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private Task<OfficeNumbers> ReadAsync() => new OfficeCounts(_desk.Contexts, _desk.Clock).ReadAsync(Cancellation);
}
