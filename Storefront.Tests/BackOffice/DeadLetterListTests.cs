using System.Text;
using Storefront.Messaging.DeadLetters;
using Storefront.Tests.Messaging;
using static Storefront.Tests.Messaging.Letters;

namespace Storefront.Tests.BackOffice;

public sealed class The_dead_letters : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private DeadLetterReader _letters = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _letters = _desk.Get<DeadLetterReader>();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_listed_page_by_page_the_newest_first()
    {
        await _desk.DieAsync([.. Enumerable.Range(1, 35).Select(i => Letter($"reason {i}"))]);

        var first = await _letters.ReadAsync(LetterSelection.All, DeadLetterState.Waiting, null, Cancellation);
        (first.Rows.Count, first.HasOlder, first.Rows[0].Reason).ShouldBe((30, true, "reason 35"));
        var second = await _letters.ReadAsync(LetterSelection.All, DeadLetterState.Waiting, first.Rows[^1].Id, Cancellation);
        second.Rows.Select(l => l.Reason).ShouldBe(["reason 5", "reason 4", "reason 3", "reason 2", "reason 1"]);
        second.HasOlder.ShouldBeFalse();
    }

    [Fact]
    public async Task Are_grouped_by_queue_and_cause_the_largest_group_first()
    {
        var ids = await _desk.DieAsync(Letter("no answer", queue: "shop.packing"), Letter("answered 503"), Letter("answered 504"), Letter("no answer", queue: "shop.packing", exchange: "shop.events"));
        await _desk.Get<DeadLetterDesk>().DiscardAsync(new LetterSelection.One(ids[3]), "anna", "a test", Cancellation);

        (await _letters.GroupsAsync(DeadLetterState.Waiting, Cancellation)).Select(g => (g.Queue, g.Cause, g.Count, g.First))
            .ShouldBe([("shop.sales", "answered …", 2, ids[1]), ("shop.packing", "no answer", 1, ids[0])]);
        (await _letters.GroupsAsync(DeadLetterState.Discarded, Cancellation)).ShouldHaveSingleItem().Exchange.ShouldBe("shop.events");
        (await _letters.GroupsAsync(DeadLetterState.Replayed, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_group_span_the_time_from_the_oldest_to_the_newest()
    {
        await _desk.DieAsync(Letter(), Letter());
        await _desk.WriteAsync(db =>
        {
            db.DeadLetters.Add(new DeadLetter { At = _desk.Clock.GetUtcNow(), Queue = "shop.sales", Body = [], Headers = "{}", Reason = "no answer", Cause = "no answer", Attempts = 5 });
            return Task.CompletedTask;
        });
        var group = (await _letters.GroupsAsync(DeadLetterState.Waiting, Cancellation)).ShouldHaveSingleItem();
        (group.Count, group.Newest - group.Oldest, group.Newest).ShouldBe((3, TimeSpan.FromHours(1), _desk.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Open_with_the_beginning_of_a_body_too_large_to_read()
    {
        await _desk.DieAsync(Letter());
        var letter = (await _letters.FindAsync(1, 1, Cancellation)).ShouldNotBeNull();
        (letter.BodyLength, letter.Body.Length).ShouldBe((2, 1));
        (await _letters.FindAsync(2, 1, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Tell_what_became_of_a_message_through_all_its_deaths()
    {
        var (desk, history) = (_desk.Get<DeadLetterDesk>(), _desk.Get<LetterHistory>());
        await _desk.DieAsync(Letter("another message"));
        var first = (await _desk.DieAsync(Letter("no answer"))).Single();
        await desk.ReplayAsync(new LetterSelection.One(first), "anna", Cancellation);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = (await _desk.DieAsync(DeadAgain(first))).Single();
        await desk.ReplayAsync(new LetterSelection.One(again), "bob", Cancellation);
        var last = (await _desk.DieAsync(DeadAgain(again))).Single();
        await desk.DiscardAsync(new LetterSelection.One(last), "carl", "it will never work", Cancellation);

        foreach (var id in new[] { first, again, last })
        {
            (await history.ReadAsync(id, Cancellation)).Select(s => (s.LetterId, s.To, s.By, s.Reason)).ShouldBe(
            [
                (first, DeadLetterState.Waiting, null, "no answer"), (first, DeadLetterState.Replayed, "anna", null),
                (again, DeadLetterState.Waiting, null, "still no answer"), (again, DeadLetterState.Replayed, "bob", null),
                (last, DeadLetterState.Waiting, null, "still no answer"), (last, DeadLetterState.Discarded, "carl", "it will never work"),
            ]);
        }

        (await history.ReadAsync(99, Cancellation)).ShouldBeEmpty();
    }

    private DeadLetter DeadAgain(long replayed) => new()
    {
        At = _desk.Clock.GetUtcNow(), Queue = "shop.sales", Body = [], Headers = "{}", Reason = "still no answer", Cause = "still no answer", Attempts = 5, ReplayOf = replayed,
    };
}

public sealed class A_message_body
{
    [Theory]
    [InlineData("{\"customer\": \"Möller\"}\n")]
    [InlineData("")]
    public void Is_shown_as_the_text_it_is(string text)
    {
        BodyText.TryRead(Encoding.UTF8.GetBytes(text), isCut: false, out var shown).ShouldBeTrue();
        shown.ShouldBe(text);
    }

    [Fact]
    public void Is_dumped_when_it_is_no_text()
    {
        BodyText.TryRead([0xFF, 0x00, 0x41, 0x42], isCut: false, out var shown).ShouldBeFalse();
        shown.ShouldStartWith("000000  ff 00 41 42 ");
        shown.TrimEnd().ShouldEndWith("··AB");
    }

    [Fact]
    public void With_control_characters_is_dumped_too() => BodyText.TryRead("a\u001Bb"u8.ToArray(), isCut: false, out _).ShouldBeFalse();

    [Fact]
    public void Cut_within_a_character_is_text_up_to_there()
    {
        var bytes = Encoding.UTF8.GetBytes("hop€");
        BodyText.TryRead(bytes[..^1], isCut: true, out var shown).ShouldBeTrue();
        shown.ShouldBe("hop");
        BodyText.TryRead(bytes[..^1], isCut: false, out _).ShouldBeFalse();
    }

    [Fact]
    public void In_headers_is_indented_where_it_is_JSON()
    {
        BodyText.Indent("""{"a":"ö"}""").ReplaceLineEndings("\n").ShouldBe("{\n  \"a\": \"ö\"\n}");
        BodyText.Indent("not json").ShouldBe("not json");
    }
}
