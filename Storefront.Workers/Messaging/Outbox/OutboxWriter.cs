using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>Puts messages into the outbox, in the same commit as what they tell.</summary>
public sealed class OutboxWriter(OutboxTray tray, TimeProvider time)
{
    /// <summary>Adds a message to the unit of work; the relay gets it once it is committed.</summary>
    /// <param name="db">The unit of work; it has yet to be saved.</param>
    /// <param name="message">What to send.</param>
    /// <param name="delay">How long the relay keeps it back; a retry's waiting time.</param>
    public void Add(StoreDb db, OutgoingMessage message, TimeSpan delay = default)
    {
        var now = time.GetUtcNow();
        var row = new OutboxRow
        {
            Exchange = message.Exchange,
            RoutingKey = message.RoutingKey,
            MessageId = message.MessageId,
            Type = message.Type,
            CorrelationId = message.CorrelationId,
            TraceParent = message.TraceParent,
            Body = message.Body.ToArray(),
            Mandatory = message.Mandatory,
            CreatedAt = now,
            NotBefore = now + delay,
            ReplayOf = message.ReplayOf,
        };
        db.OnSave(ct => OutboxTable.InsertAsync(db, row, ct));
        if (delay > TimeSpan.Zero)
        {
            db.AfterCommit(() => tray.Announce(row.NotBefore));
        }
        else
        {
            db.AfterCommit(() => tray.Put(row));
        }
    }
}
