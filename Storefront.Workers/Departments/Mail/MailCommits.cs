using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront.Departments.Mail;

/// <summary>An attempt at a mail.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Resends">How often the staff had it sent once more.</param>
public sealed record MailJob(long OrderId, OrderNumber Number, MailKind Kind, int Attempt, int Resends = 0)
{
    /// <summary>Id of the message that asks for it again after an attempt that failed; it waits in the outbox for its time.</summary>
    public string RetryId => $"{this}:retry:{Attempt}";

    public override string ToString() => $"{Number}:mail:{Kind.Text()}";
}

/// <summary>The commits in a mail's life: claimed; then sent, failed or given back. None touches the order.</summary>
public sealed partial class MailCommits(
    StoreWrites writes, OutboxWriter outbox, DeadLetterBox letters, IOptions<MessagingOptions> messaging, TimeProvider time, ILogger<MailCommits> log)
{
    /// <summary>Claims the mail; null: there is nothing to send, and the message has been dealt with.</summary>
    public async Task<MailJob?> ClaimAsync(OrderNumber number, MailKind kind, Delivery delivery, CancellationToken cancellationToken)
    {
        string? misdirected = null;
        var job = await writes.InsistAsync(async (db, ct) =>
        {
            var found = await db.Sql("SELECT id, status, email IS NOT NULL FROM orders WHERE number = @number", ("@number", number.Value))
                .ListAsync(row => (Id: row.Number(0), Status: OrderTerms.Of<OrderStatus>(row.Text(1)), HasEmail: row.Truth(2)), ct);
            misdirected = found is not [var order] ? $"There is no order {number}."
                : kind.TurnAt(order.Status) == MailTurn.Untrue ? $"The customer was to hear that order {number} is '{kind.Text()}'; it is '{order.Status.Text()}'."
                : null;
            if (misdirected is not null || !found[0].HasEmail || kind.TurnAt(found[0].Status) == MailTurn.Overtaken)
            {
                db.Discard();
                return null;
            }

            var mail = await MailRow.TakeAsync(db, found[0].Id, kind, ct);
            switch (mail.Claim(delivery.ReplayOf))
            {
                case MailClaim.Granted:
                    await MailRow.SaveAsync(db, mail, ct);
                    return new MailJob(mail.OrderId, number, kind, mail.Attempts, mail.Resends);
                case MailClaim.Exhausted:
                    letters.Add(db, delivery, "The last attempt never ended; it probably took its process along.", attempts: mail.Attempts);
                    await MailRow.SaveAsync(db, mail, ct);
                    return null;
                default:
                    db.Discard();
                    return null;
            }
        }, log, cancellationToken);
        if (misdirected is not null)
        {
            await letters.WriteAsync(delivery, misdirected, null, cancellationToken);
        }

        return job;
    }

    /// <summary>The server has it.</summary>
    public Task FinishAsync(MailJob job) => ChangeAsync(job, (_, mail) => mail.Finish(time.GetUtcNow()));

    /// <summary>Another attempt later; or a dead letter, after the last, or at once where the next would end the same.</summary>
    public Task FailAsync(MailJob job, Delivery delivery, MailFailedException fault) => ChangeAsync(job, (db, mail) =>
    {
        var isLast = fault.IsFinal || job.Attempt >= Order.MaxAttempts;
        if (!mail.Fail(job.Attempt, isLast))
        {
            return false;
        }

        if (isLast)
        {
            letters.Add(db, delivery, fault.Message, fault, job.Attempt);
        }
        else
        {
            Log.Failed(log, job.Attempt, job, fault.Message);
            outbox.Add(db, RetryOf(delivery, job), messaging.Value.DelayAfter(job.Attempt));
        }

        return true;
    });

    /// <summary>The attempt does not count: the shop is closing.</summary>
    public Task GiveBackAsync(MailJob job) => ChangeAsync(job, (_, mail) => mail.GiveBack(job.Attempt));

    /// <summary>One change of the mail; rolled back when <paramref name="change"/> says that there is none.</summary>
    private Task<bool> ChangeAsync(MailJob job, Func<StoreDb, CustomerMail, bool> change) => writes.InsistAsync(async (db, ct) =>
    {
        var mail = await MailRow.TakeAsync(db, job.OrderId, job.Kind, ct);
        if (!change(db, mail))
        {
            db.Discard();
            return false;
        }

        await MailRow.SaveAsync(db, mail, ct);
        return true;
    }, log, CancellationToken.None);

    /// <summary>The same message again, later, to the mail's queue only.</summary>
    private static OutgoingMessage RetryOf(Delivery delivery, MailJob job) => new()
    {
        Exchange = "",
        RoutingKey = MailStation.Queue,
        MessageId = job.RetryId,
        Type = delivery.Type!,
        CorrelationId = job.Number.ToString(),
        Body = delivery.Body,
        Mandatory = true,
        TraceParent = delivery.TraceParent ?? OutgoingMessage.NewTrace(),
        ReplayOf = delivery.ReplayOf,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} at {Mail} failed: {Reason}")]
        public static partial void Failed(ILogger log, int attempt, MailJob mail, string reason);
    }
}
