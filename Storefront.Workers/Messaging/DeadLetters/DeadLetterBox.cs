using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging.Outbox;

namespace Storefront.Messaging.DeadLetters;

/// <summary>The one way into the dead-letter table.</summary>
public sealed partial class DeadLetterBox(StoreWrites writes, ShopMetrics metrics, TimeProvider time, ILogger<DeadLetterBox> log)
{
    private const int MaxCause = 200;

    /// <summary>Adds to a unit of work, so that the letter and what it says about the order are one commit.</summary>
    public void Add(StoreDb db, Delivery delivery, string reason, Exception? fault = null, int attempts = 0)
    {
        db.DeadLetters.Add(new DeadLetter
        {
            At = time.GetUtcNow(),
            Queue = delivery.Queue,
            MessageId = delivery.MessageId,
            Type = delivery.Type,
            CorrelationId = delivery.CorrelationId,
            Body = delivery.Body,
            Headers = delivery.HeadersJson,
            Reason = reason,
            Cause = CauseOf(reason),
            ReplayOf = delivery.ReplayOf,
            Detail = fault?.ToString(),
            Attempts = attempts,
        });
        db.AfterCommit(() => Tell(delivery.Queue, reason));
    }

    /// <summary>Adds what the relay could not get to the broker, with all that is needed to put it into the outbox again.</summary>
    public void AddParked(StoreDb db, OutboxRow row, string reason, Exception fault, int attempts)
    {
        db.DeadLetters.Add(new DeadLetter
        {
            At = time.GetUtcNow(),
            Exchange = row.Exchange,
            Queue = row.RoutingKey,
            MessageId = row.MessageId,
            Type = row.Type,
            CorrelationId = row.CorrelationId,
            Body = row.Body,
            Headers = JsonSerializer.Serialize(new { traceparent = row.TraceParent, mandatory = row.Mandatory }),
            Reason = reason,
            Cause = CauseOf(reason),
            ReplayOf = row.ReplayOf,
            Detail = fault.ToString(),
            Attempts = attempts,
        });
        db.AfterCommit(() => Tell(row.RoutingKey, reason));
    }

    /// <summary>Writes a letter by itself; insists until the database has taken it, for the message is acked afterwards.</summary>
    public Task WriteAsync(Delivery delivery, string reason, Exception? fault, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        Add(db, delivery, reason, fault);
        return await db.SaveChangesAsync(ct);
    }, log, cancellationToken);

    private void Tell(string queue, string reason)
    {
        metrics.DeadLetterWritten();
        Log.Added(log, queue, reason);
    }

    /// <summary>A reason without the numbers, order numbers and quoted texts in it.</summary>
    internal static string CauseOf(string reason)
    {
        var cause = Particulars().Replace(reason, "…");
        return cause.Length <= MaxCause ? cause : cause[..MaxCause];
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b|(?<![\w-])\d+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Particulars();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter from '{Queue}': {Reason}")]
        public static partial void Added(ILogger log, string queue, string reason);
    }
}
