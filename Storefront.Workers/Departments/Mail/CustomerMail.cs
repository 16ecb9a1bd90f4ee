using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>Where a mail stands.</summary>
public enum MailState { Waiting, Sending, Retrying, Sent, Failed }

/// <summary>The answer to whoever wants to send a mail.</summary>
public enum MailClaim
{
    /// <summary>Go ahead; the attempt is counted.</summary>
    Granted,

    /// <summary>Sent, or given up, before: a repeated message, nothing to do.</summary>
    Settled,

    /// <summary>The last allowed attempt never ended.</summary>
    Exhausted,
}

/// <summary>
/// One mail about one order: the row is the inbox, and says what has been sent however often a message comes. It is no part of the order, so that
/// a mail server that fails holds up nothing. Whom it goes to stands with the order alone.
/// </summary>
public sealed class CustomerMail
{
    public required long OrderId { get; init; }
    public required MailKind Kind { get; init; }
    public MailState State { get; private set; }

    /// <summary>Claims so far; committed before anything is sent.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the server had taken it.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>How often the staff had it sent once more.</summary>
    public int Resends { get; private set; }

    /// <summary>The dead letter whose replay opened it again; the same replay does so once.</summary>
    public long? ReplayedLetter { get; private set; }

    /// <summary>Somebody wants to send it. A dead letter's replay gives a mail that was given up all its attempts again.</summary>
    public MailClaim Claim(long? replayOf)
    {
        if (State == MailState.Failed && replayOf is { } letter && letter != ReplayedLetter)
        {
            (State, Attempts, ReplayedLetter) = (MailState.Waiting, 0, letter);
        }

        if (State is MailState.Sent or MailState.Failed)
        {
            return MailClaim.Settled;
        }

        if (Attempts >= Order.MaxAttempts)
        {
            State = MailState.Failed;
            return MailClaim.Exhausted;
        }

        (State, Attempts) = (MailState.Sending, Attempts + 1);
        return MailClaim.Granted;
    }

    /// <summary>
    /// The staff wants a mail sent once more that was sent or given up: it has all its attempts again. False: it is on its way.
    /// </summary>
    /// <param name="letter">The dead letter whose replay is on its way for it, so that this opens it no second time; null when there is none.</param>
    public bool SendAgain(long? letter)
    {
        if (State is not (MailState.Sent or MailState.Failed))
        {
            return false;
        }

        (State, Attempts, Resends, ReplayedLetter) = (MailState.Waiting, 0, Resends + 1, letter ?? ReplayedLetter);
        return true;
    }

    /// <summary>The server has taken it; false: it had done so before.</summary>
    public bool Finish(DateTimeOffset now)
    {
        if (State == MailState.Sent)
        {
            return false;
        }

        (State, SentAt) = (MailState.Sent, now);
        return true;
    }

    /// <summary>The attempt came to nothing, and there is another or none. False: it is not the current one any more, and does not count.</summary>
    public bool Fail(int attempt, bool isLast) => Leave(attempt, isLast ? MailState.Failed : MailState.Retrying, attempt);

    /// <summary>The shop is closing: the attempt does not count. False: it is not the current one any more.</summary>
    public bool GiveBack(int attempt) => Leave(attempt, MailState.Waiting, attempt - 1);

    /// <summary>A mail as it lay in the database.</summary>
    internal static CustomerMail Restore(long orderId, MailKind kind, MailState state, int attempts, DateTimeOffset? sentAt, long? letter, int resends) =>
        new() { OrderId = orderId, Kind = kind, State = state, Attempts = attempts, SentAt = sentAt, ReplayedLetter = letter, Resends = resends };

    private bool Leave(int attempt, MailState state, int attempts)
    {
        if (State != MailState.Sending || Attempts != attempt)
        {
            return false;
        }

        (State, Attempts) = (state, attempts);
        return true;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomerMail>
    {
        public void Configure(EntityTypeBuilder<CustomerMail> mail)
        {
            mail.ToTable("customer_mails");
            mail.HasKey(m => new { m.OrderId, m.Kind });
        }
    }
}
