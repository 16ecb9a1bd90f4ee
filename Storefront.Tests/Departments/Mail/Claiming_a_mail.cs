using Storefront.Departments.Mail;
using Storefront.Orders;

namespace Storefront.Tests.Departments.Mail;

/// <summary>What may become of a mail, by its row alone.</summary>
public sealed class Claiming_a_mail
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly CustomerMail _mail = new() { OrderId = 1, Kind = MailKind.Confirmation };

    [Fact]
    public void Counts_the_attempt_and_goes_on_after_a_crash()
    {
        _mail.Claim(null).ShouldBe(MailClaim.Granted);
        _mail.Claim(null).ShouldBe(MailClaim.Granted, "the first never ended");

        (_mail.State, _mail.Attempts).ShouldBe((MailState.Sending, 2));
        _mail.Fail(attempt: 1, isLast: true).ShouldBeFalse("a failure of an older attempt does not count");
        _mail.Finish(Now).ShouldBeTrue();
        (_mail.State, _mail.SentAt).ShouldBe((MailState.Sent, Now));
    }

    [Fact]
    public void That_was_sent_is_settled_for_good()
    {
        _mail.Claim(null);
        _mail.Finish(Now);

        _mail.Claim(null).ShouldBe(MailClaim.Settled);
        _mail.Claim(replayOf: 7).ShouldBe(MailClaim.Settled);
        _mail.Finish(Now.AddDays(1)).ShouldBeFalse();
        _mail.Fail(1, isLast: false).ShouldBeFalse();
        _mail.SentAt.ShouldBe(Now);
    }

    [Fact]
    public void Ends_after_the_last_attempt_that_never_ended()
    {
        for (var i = 0; i < Order.MaxAttempts; i++)
        {
            _mail.Claim(null).ShouldBe(MailClaim.Granted);
        }

        _mail.Claim(null).ShouldBe(MailClaim.Exhausted);
        _mail.Claim(null).ShouldBe(MailClaim.Settled);
    }

    [Fact]
    public void That_was_given_up_is_opened_by_each_replay_once()
    {
        _mail.Claim(null);
        _mail.Fail(1, isLast: true).ShouldBeTrue();
        _mail.Claim(null).ShouldBe(MailClaim.Settled);

        _mail.Claim(replayOf: 7).ShouldBe(MailClaim.Granted);
        _mail.Attempts.ShouldBe(1);
        _mail.Fail(1, isLast: true);
        _mail.Claim(replayOf: 7).ShouldBe(MailClaim.Settled, "the same replay, delivered again");
        _mail.Claim(replayOf: 8).ShouldBe(MailClaim.Granted);
    }

    [Fact]
    public void That_was_sent_or_given_up_can_be_sent_again_but_not_while_it_is_on_its_way()
    {
        _mail.SendAgain(letter: null).ShouldBeFalse("it waits");
        _mail.Claim(null);
        _mail.SendAgain(letter: null).ShouldBeFalse("it is being sent");
        _mail.Finish(Now);

        _mail.SendAgain(letter: null).ShouldBeTrue();
        _mail.SendAgain(letter: null).ShouldBeFalse("somebody was quicker");

        (_mail.Claim(null), _mail.Resends, _mail.Attempts).ShouldBe((MailClaim.Granted, 1, 1));
        _mail.Fail(1, isLast: true);
        _mail.SendAgain(letter: 7).ShouldBeTrue();
        _mail.Claim(replayOf: 7).ShouldBe(MailClaim.Granted);
        _mail.Fail(1, isLast: true);
        _mail.Claim(replayOf: 7).ShouldBe(MailClaim.Settled, "that letter has had its turn");
    }

    [Fact]
    public void That_the_closing_shop_gives_back_burns_no_attempt()
    {
        _mail.Claim(null);
        _mail.GiveBack(1).ShouldBeTrue();

        (_mail.State, _mail.Attempts).ShouldBe((MailState.Waiting, 0));
    }

    [Theory]
    [InlineData(MailKind.Confirmation, OrderStatus.Shipped, MailTurn.Due)]
    [InlineData(MailKind.Confirmation, OrderStatus.Cancelled, MailTurn.Overtaken)]
    [InlineData(MailKind.Delayed, OrderStatus.Packed, MailTurn.Due)]
    [InlineData(MailKind.Delayed, OrderStatus.Shipped, MailTurn.Overtaken)]
    [InlineData(MailKind.Delayed, OrderStatus.Cancelled, MailTurn.Overtaken)]
    [InlineData(MailKind.Shipped, OrderStatus.Shipped, MailTurn.Due)]
    [InlineData(MailKind.Shipped, OrderStatus.Packed, MailTurn.Untrue)]
    [InlineData(MailKind.Cancelled, OrderStatus.Cancelled, MailTurn.Due)]
    [InlineData(MailKind.Cancelled, OrderStatus.Placed, MailTurn.Untrue)]
    public void Asks_whether_it_still_tells_what_is_so(MailKind kind, OrderStatus status, MailTurn turn) => kind.TurnAt(status).ShouldBe(turn);
}
