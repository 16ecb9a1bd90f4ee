using Microsoft.EntityFrameworkCore;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Tests.BackOffice;
using static Storefront.Tests.Messaging.Letters;

namespace Storefront.Tests.Messaging;

/// <summary>Replay and discard on the real database; the broker is not asked.</summary>
public sealed class Deciding_about_dead_letters : IAsyncLifetime
{
    private OfficeDesk _office = null!;
    private DeadLetterDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _office = await OfficeDesk.OpenAsync();
        _desk = _office.Get<DeadLetterDesk>();
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Sends_a_replayed_one_as_it_came_to_the_queue_that_gave_it_up_alone()
    {
        var ids = await _office.DieAsync(Letter(headers: $$"""{"traceparent": "{{Trace}}"}"""), Letter());

        (await _desk.ReplayAsync(new LetterSelection.One(ids[0]), "anna", Cancellation)).ShouldBe(1);

        var row = (await OutboxAsync()).ShouldHaveSingleItem();
        (row.Exchange, row.RoutingKey, row.MessageId, row.Type, row.CorrelationId, row.Mandatory, row.ReplayOf, row.TraceParent)
            .ShouldBe(("", "shop.sales", "m-1", "order.accepted.v1", "7Q4M-X0ZB-K2TD", true, ids[0], Trace));
        row.Body.ShouldBe("{}"u8.ToArray());
        (await _office.InAsync(DeadLetterState.Replayed)).ShouldBe([ids[0]]);
        (await _office.InAsync(DeadLetterState.Waiting)).ShouldBe([ids[1]]);
    }

    [Fact]
    public async Task Sends_what_the_broker_would_not_take_to_its_exchange_again()
    {
        await _office.DieAsync(Letter(exchange: "shop.events", queue: "order.accepted"));
        await _desk.ReplayAsync(LetterSelection.All, "anna", Cancellation);
        var row = (await OutboxAsync()).ShouldHaveSingleItem();
        (row.Exchange, row.RoutingKey).ShouldBe(("shop.events", "order.accepted"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"traceparent": "not one"}""")]
    [InlineData("""{"traceparent": 7}""")]
    public async Task Gives_a_message_what_it_came_without(string headers)
    {
        var id = (await _office.DieAsync(Letter(messageId: null, headers: headers))).Single();
        await _desk.ReplayAsync(LetterSelection.All, "anna", Cancellation);
        var row = (await OutboxAsync()).ShouldHaveSingleItem();
        row.MessageId.ShouldBe($"replay:{id}");
        row.TraceParent.ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$");
    }

    [Fact]
    public async Task Of_a_group_leaves_other_causes_and_other_queues_alone()
    {
        var ids = await _office.DieAsync(
            Letter("answered 503 to 17"), Letter("answered 504 to 18"), Letter("never answered"), Letter("answered 503 to 19", queue: "shop.packing"), Letter("answered 1 to 2", exchange: "shop.events"));
        var group = (await _office.Get<DeadLetterReader>().FindAsync(ids[1], 0, Cancellation)).ShouldNotBeNull().Alike;
        (await _desk.ReplayAsync(group, "anna", Cancellation)).ShouldBe(2);
        (await _office.InAsync(DeadLetterState.Replayed)).ShouldBe([ids[0], ids[1]]);
        (await OutboxAsync()).Select(r => r.ReplayOf).ShouldBe([ids[0], ids[1]]);
    }

    [Fact]
    public async Task Of_all_takes_as_many_commits_as_it_needs_and_leaves_none_out()
    {
        var ids = await _office.DieAsync([.. Enumerable.Range(0, (LetterBatch.MaxLetters * 2) + 1).Select(i => Letter(messageId: $"m-{i}"))]);
        (await _desk.ReplayAsync(LetterSelection.All, "anna", Cancellation)).ShouldBe(ids.Count);
        (await OutboxAsync()).Select(r => r.ReplayOf!.Value).ShouldBe(ids);
        (await _office.InAsync(DeadLetterState.Waiting)).ShouldBeEmpty();
        (await ActionsAsync()).Select(a => a.LetterId).ShouldBe(ids);
    }

    [Fact]
    public async Task Puts_a_discarded_one_away_and_sends_nothing()
    {
        var id = (await _office.DieAsync(Letter())).Single();
        (await _desk.DiscardAsync(LetterSelection.All, " anna ", " a test order ", Cancellation)).ShouldBe(1);
        (await _office.InAsync(DeadLetterState.Discarded)).ShouldBe([id]);
        (await OutboxAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_written_down_with_who_and_when_and_why()
    {
        var ids = await _office.DieAsync(Letter(), Letter());
        await _desk.ReplayAsync(new LetterSelection.One(ids[0]), " anna ", Cancellation);
        var at = _office.Clock.GetUtcNow();
        _office.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.DiscardAsync(new LetterSelection.One(ids[1]), "bob", " a test order ", Cancellation);

        (await ActionsAsync()).Select(a => (a.LetterId, a.At, a.By, a.To, a.Reason)).ShouldBe(
            [(ids[0], at, "anna", DeadLetterState.Replayed, null), (ids[1], at.AddMinutes(1), "bob", DeadLetterState.Discarded, "a test order")]);
    }

    [Fact]
    public async Task Stands_in_the_audit_log_with_the_commit_that_did_it()
    {
        var ids = await _office.DieAsync(Letter(), Letter(), Letter());
        await _desk.ReplayAsync(new LetterSelection.One(ids[0]), "anna", Cancellation);
        await _desk.DiscardAsync(LetterSelection.All, "bob", "test orders", Cancellation);
        await _desk.DiscardAsync(LetterSelection.All, "carl", "nothing is left", Cancellation);

        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        (await db.AuditLog.OrderBy(e => e.Id).ToListAsync(Cancellation)).Select(e => (e.Who, e.Action, e.Subject, e.Detail)).ShouldBe(
        [
            ("anna", "letter.replay", $"letter {ids[0]}", null), ("bob", "letter.discard", "letters", $"2 letters, of the numbers {ids[1]} to {ids[2]}: test orders"),
        ]);
    }

    [Fact]
    public async Task Comes_too_late_when_it_was_decided_before()
    {
        var id = (await _office.DieAsync(Letter())).Single();
        await _desk.DiscardAsync(new LetterSelection.One(id), "anna", "a test order", Cancellation);
        (await _desk.ReplayAsync(new LetterSelection.One(id), "bob", Cancellation)).ShouldBe(0);
        (await _desk.DiscardAsync(LetterSelection.All, "bob", "another reason", Cancellation)).ShouldBe(0);
        (await ActionsAsync()).ShouldHaveSingleItem().By.ShouldBe("anna");
        (await OutboxAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_several_people_at_once_has_one_winner_a_letter()
    {
        var ids = await _office.DieAsync([.. Enumerable.Range(0, LetterBatch.MaxLetters + 100).Select(_ => Letter())]);

        var counts = await Task.WhenAll(
            Task.Run(() => _desk.ReplayAsync(LetterSelection.All, "anna", Cancellation)), Task.Run(() => _desk.DiscardAsync(LetterSelection.All, "bob", "a test", Cancellation)),
            Task.Run(() => _desk.ReplayAsync(LetterSelection.All, "carl", Cancellation)), Task.Run(() => _desk.DiscardAsync(LetterSelection.All, "dora", "a test", Cancellation)));

        counts.Sum().ShouldBe(ids.Count);
        var actions = await ActionsAsync();
        actions.Select(a => a.LetterId).ShouldBe(ids, ignoreOrder: true);
        (await OutboxAsync()).Select(r => r.ReplayOf!.Value).ShouldBe(await _office.InAsync(DeadLetterState.Replayed));
        actions.Where(a => a.To == DeadLetterState.Replayed).Select(a => a.LetterId).Order().ShouldBe(await _office.InAsync(DeadLetterState.Replayed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(501)]
    public async Task Needs_a_reason_for_a_discard(object reason)
    {
        await _office.DieAsync(Letter());
        var given = reason as string ?? new string('x', (int)reason);
        (await Should.ThrowAsync<ArgumentException>(() => _desk.DiscardAsync(LetterSelection.All, "anna", given, Cancellation))).ParamName.ShouldBe("reason");
        (await _office.InAsync(DeadLetterState.Discarded)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(101)]
    public async Task Needs_a_name(object by)
    {
        await _office.DieAsync(Letter());
        var given = by as string ?? new string('x', (int)by);
        (await Should.ThrowAsync<ArgumentException>(() => _desk.ReplayAsync(LetterSelection.All, given, Cancellation))).ParamName.ShouldBe("by");
        (await OutboxAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wakes_the_relay()
    {
        var bell = _office.Get<OutboxBell>();
        await _office.DieAsync(Letter());
        await _desk.ReplayAsync(LetterSelection.All, "anna", Cancellation);
        // The clock stands still: only a ring ends this wait.
        await bell.WaitAsync(TimeSpan.FromHours(1), _office.Clock, Cancellation).WaitAsync(Watching.Bound, Cancellation);
    }

    private async Task<List<OutboxRow>> OutboxAsync()
    {
        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        return await db.Outbox.AsNoTracking().OrderBy(r => r.Id).ToListAsync(Cancellation);
    }

    private async Task<List<DeadLetterAction>> ActionsAsync()
    {
        await using var db = await _office.Contexts.CreateDbContextAsync(Cancellation);
        return await db.DeadLetterActions.AsNoTracking().OrderBy(a => a.Id).ToListAsync(Cancellation);
    }
}

public sealed class A_batch_of_dead_letters
{
    [Fact]
    public void Has_as_many_letters_as_orders_can_wait_for() =>
        LetterBatch.Of(Sizes(Enumerable.Repeat(10, LetterBatch.MaxLetters + 1))).Select(b => b.Count).ShouldBe([LetterBatch.MaxLetters, 1]);

    [Fact]
    public void Is_no_larger_than_memory_likes_but_for_one_large_letter() =>
        LetterBatch.Of(Sizes([1, LetterBatch.MaxBytes - 1, 1, LetterBatch.MaxBytes * 2, 1])).Select(b => string.Join(' ', b)).ShouldBe(["0 1", "2", "3", "4"]);

    [Fact]
    public void Is_never_empty() => LetterBatch.Of([]).ShouldBeEmpty();

    private static IEnumerable<LetterSize> Sizes(IEnumerable<int> bytes) => bytes.Select((b, i) => new LetterSize(i, b));
}
