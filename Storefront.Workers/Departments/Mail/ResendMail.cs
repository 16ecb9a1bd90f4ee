using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>How asking for a mail to be sent once more ended.</summary>
public enum MailAgain
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>It was on its way already: nothing changed.</summary>
    OnItsWay,

    /// <summary>What it says is not so, or not any more: nothing changed.</summary>
    Untrue,

    /// <summary>No mail server is set: nothing changed.</summary>
    Off,

    /// <summary>There is no such mail: nothing changed.</summary>
    Unknown,
}

/// <summary>
/// Has a customer's mail sent once more: one that was sent, as another mail; one that was given up, with all its attempts, and its dead letter is taken with it;
/// one that waits for its next attempt, at once.
/// </summary>
public sealed class ResendMail(StoreWrites writes, OutboxWriter outbox, OutboxTray tray, AuditLog audit, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>Whether mail is written at all.</summary>
    public bool IsOn => options.Value.IsOn;

    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public async Task<MailAgain> RunAsync(OrderNumber number, MailKind kind, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return !IsOn ? MailAgain.Off : await writes.RunAsync(async (db, ct) =>
        {
            var outcome = await SendAsync(db, number, kind, by, ct);
            if (outcome == MailAgain.Sent)
            {
                audit.Add(db, by, "order.resend-mail", OrderTerms.SubjectOf(number), kind.Text());
                await db.SaveChangesAsync(ct);
            }
            else
            {
                db.Discard();
            }

            return outcome;
        }, cancellationToken);
    }

    private async Task<MailAgain> SendAsync(StoreDb db, OrderNumber number, MailKind kind, string by, CancellationToken cancellationToken)
    {
        if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Number == number, cancellationToken) is not { Customer.Email: not null } order
            || !await db.CustomerMails.AnyAsync(m => m.OrderId == order.Id && m.Kind == kind, cancellationToken))
        {
            return MailAgain.Unknown;
        }

        if (kind.TurnAt(order.Status) != MailTurn.Due)
        {
            return MailAgain.Untrue;
        }

        var mail = await MailRow.TakeAsync(db, order.Id, kind, cancellationToken);
        var now = time.GetUtcNow();
        if (mail.State == MailState.Retrying)
        {
            db.AfterCommit(() => tray.Announce(now));
            return await OutboxTable.HastenAsync(db, new MailJob(order.Id, number, kind, mail.Attempts).RetryId, now, cancellationToken) ? MailAgain.Sent : MailAgain.OnItsWay;
        }

        var letters = mail.State == MailState.Failed
            ? await LettersAbout.TakeAsync(db, number.ToString(), MailStation.Queue, type => MailKinds.Of(type) == kind, new(DeadLetterState.Replayed, by, null), now, cancellationToken)
            : [];
        if (!mail.SendAgain(letters.Count > 0 ? letters[0] : null))
        {
            return MailAgain.OnItsWay;
        }

        outbox.Add(db, letters.Count > 0
            ? Replay.Of(await db.DeadLetters.AsNoTracking().SingleAsync(l => l.Id == letters[0], cancellationToken))
            : OrderMessages.MailAgain(order, kind.Happened(), MailStation.Queue, $"{new MailJob(order.Id, number, kind, 0)}:again:{mail.Resends}", now));
        await MailRow.SaveAsync(db, mail, cancellationToken);
        return MailAgain.Sent;
    }
}
