using System.Text;
using Storefront.Messaging.DeadLetters;
using Storefront.Web.BackOffice.Pages.DeadLetters;

namespace Storefront.Tests.BackOffice;

public sealed class The_dead_letters : IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private DeadLetterList _letters = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _letters = new DeadLetterList(_desk.Contexts);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_listed_page_by_page_the_newest_first()
    {
        await _desk.WriteAsync(db =>
        {
            db.DeadLetters.AddRange(Enumerable.Range(1, 35).Select(i => Letter([1], $"reason {i}")));
            return Task.CompletedTask;
        });

        var first = await _letters.ReadAsync(null, Cancellation);
        (first.Rows.Count, first.HasOlder, first.Total.Count, first.Rows[0].Reason).ShouldBe((30, true, 35, "reason 35"));
        var second = await _letters.ReadAsync(first.Rows[^1].Id, Cancellation);
        second.Rows.Select(l => l.Reason).ShouldBe(["reason 5", "reason 4", "reason 3", "reason 2", "reason 1"]);
        second.HasOlder.ShouldBeFalse();
    }

    [Fact]
    public async Task Open_with_the_beginning_of_a_body_too_large_to_read()
    {
        var body = new byte[1_000_000];
        await _desk.WriteAsync(db =>
        {
            db.DeadLetters.Add(Letter(body, "too large"));
            return Task.CompletedTask;
        });

        var letter = (await _letters.FindAsync(1, Cancellation)).ShouldNotBeNull();
        (letter.BodyLength, letter.Body.Length).ShouldBe((body.Length, DeadLetterList.MostBytes));
        (await _letters.FindAsync(2, Cancellation)).ShouldBeNull();
    }

    private static DeadLetter Letter(byte[] body, string reason) =>
        new() { At = DateTimeOffset.UnixEpoch, Queue = "orders", Body = body, Headers = "{}", Reason = reason, Cause = reason, Attempts = 0 };
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
