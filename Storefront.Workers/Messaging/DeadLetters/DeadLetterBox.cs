using Microsoft.Extensions.Logging;
using Storefront.Data;

namespace Storefront.Messaging.DeadLetters;

/// <summary>The one way into the dead-letter table.</summary>
public sealed partial class DeadLetterBox(StoreWrites writes, TimeProvider time, ILogger<DeadLetterBox> log)
{
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
            Detail = fault?.ToString(),
            Attempts = attempts,
        });
        db.AfterCommit(() => Log.Added(log, delivery.Queue, reason));
    }

    /// <summary>Writes a letter by itself; insists until the database has taken it, for the message is acked afterwards.</summary>
    public Task WriteAsync(Delivery delivery, string reason, Exception? fault, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        Add(db, delivery, reason, fault);
        return await db.SaveChangesAsync(ct);
    }, log, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter from '{Queue}': {Reason}")]
        public static partial void Added(ILogger log, string queue, string reason);
    }
}
