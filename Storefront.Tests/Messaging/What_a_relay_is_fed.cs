using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Storefront.Data;
using Storefront.Messaging.Outbox;

namespace Storefront.Tests.Messaging;

/// <summary>What the process has just committed comes by the tray, without a look into the table; and nothing is missed or given twice.</summary>
public sealed class What_a_relay_is_fed : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly OutboxBell _bell = new();
    private readonly OutboxTray _tray;
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);
    private TestShop _shop = null!;
    private RelayFeed _feed = null!;

    public What_a_relay_is_fed() => _tray = new(_bell);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await TestShop.OpenAsync();
        _feed = new(_shop.Services.GetRequiredService<OutboxTable>(), _tray, _bell, _clock);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Begins_with_what_is_in_the_table()
    {
        await WriteAsync("one", "two", "three");

        (await TakeAsync(2)).ShouldBe(["one", "two"]);
        (await TakeAsync(2, published: ["one", "two"])).ShouldBe(["three"]);
        (await TakeAsync(2, published: ["one", "two", "three"])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Goes_on_with_what_is_committed_meanwhile_and_does_not_read_it()
    {
        (await TakeAsync()).ShouldBeEmpty();
        await WriteAsync("one", "two");
        await DeleteAllAsync();

        (await TakeAsync(1)).ShouldBe(["one"], "it came by the tray: in the table there is nothing");
        (await TakeAsync(1)).ShouldBe(["two"]);
        (await TakeAsync(1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Has_nothing_twice_that_came_by_table_and_tray()
    {
        (await TakeAsync()).ShouldBeEmpty();
        await WriteAsync("one");
        _bell.Ring();
        (await TakeAsync()).ShouldBe(["one"]);

        (await TakeAsync(published: ["one"])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Has_all_of_more_than_the_tray_holds()
    {
        (await TakeAsync()).ShouldBeEmpty();
        await WriteAsync([.. Enumerable.Range(1, 1500).Select(i => i.ToString())]);

        var taken = new List<string>();
        while (await TakeAsync(400, taken) is { Count: > 0 } some)
        {
            taken.AddRange(some);
        }

        taken.ShouldBe(Enumerable.Range(1, 1500).Select(i => i.ToString()));
    }

    [Fact]
    public async Task Has_what_is_kept_back_when_its_time_has_come()
    {
        (await TakeAsync()).ShouldBeEmpty();
        await WriteAsync(TimeSpan.FromSeconds(10), "later");
        (await TakeAsync()).ShouldBeEmpty();
        _feed.UntilNext.ShouldBe(TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));

        (await TakeAsync()).ShouldBe(["later"]);
    }

    [Fact]
    public async Task Looks_for_what_others_wrote_when_the_bell_rings_or_half_a_minute_has_gone()
    {
        (await TakeAsync()).ShouldBeEmpty();
        await WriteElsewhereAsync("of another process");
        (await TakeAsync()).ShouldBeEmpty();
        _bell.Ring();
        (await TakeAsync()).ShouldBe(["of another process"]);

        await WriteElsewhereAsync("unheard");
        (await TakeAsync(published: ["of another process"])).ShouldBeEmpty();
        _clock.Advance(RelayFeed.SlowSweep + TimeSpan.FromSeconds(1));
        (await TakeAsync(published: ["of another process"])).ShouldBe(["unheard"]);
    }

    /// <param name="atMost">How many.</param>
    /// <param name="published">Of those taken before, by their message ids, the ones that are still in the table.</param>
    private async Task<IReadOnlyList<string>> TakeAsync(int atMost = 10, IEnumerable<string>? published = null)
    {
        var rows = await _feed.TakeAsync(atMost, [.. (published ?? []).Select(id => _taken[id])], Cancellation);
        foreach (var row in rows)
        {
            _taken[row.MessageId] = row.Id;
        }

        return [.. rows.Select(r => r.MessageId)];
    }

    private Task<int> WriteAsync(params string[] ids) => WriteAsync(TimeSpan.Zero, ids);

    /// <summary>As this process does it, with the tray of the feed.</summary>
    private Task<int> WriteAsync(TimeSpan delay, params string[] ids) => WriteAsync(new OutboxWriter(_tray, _clock), delay, ids);

    private Task<int> WriteElsewhereAsync(string id) => WriteAsync(new OutboxWriter(new OutboxTray(new OutboxBell()), _clock), TimeSpan.Zero, id);

    private Task<int> WriteAsync(OutboxWriter writer, TimeSpan delay, params string[] ids) => _shop.Services.GetRequiredService<StoreWrites>().RunAsync(async (db, ct) =>
    {
        foreach (var id in ids)
        {
            writer.Add(db, Writing.Letter(id), delay);
        }

        return await db.SaveChangesAsync(ct);
    }, Cancellation);

    private Task<int> DeleteAllAsync() => _shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, ct) => db.Sql("DELETE FROM outbox").RunAsync(ct), Cancellation);
}
