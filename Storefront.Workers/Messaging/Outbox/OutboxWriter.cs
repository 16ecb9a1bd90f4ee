using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>Puts messages into the outbox, in the same commit as what they tell.</summary>
public sealed class OutboxWriter(OutboxBell bell, TimeProvider time)
{
    /// <summary>Adds a message to the unit of work; the relay is woken once it is committed.</summary>
    /// <param name="db">The unit of work; it has yet to be saved.</param>
    /// <param name="message">What to send.</param>
    /// <param name="delay">How long the relay keeps it back; a retry's waiting time.</param>
    public void Add(StoreDb db, OutgoingMessage message, TimeSpan delay = default)
    {
        var now = time.GetUtcNow();
        db.Outbox.Add(new OutboxRow
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
        });
        db.AfterCommit(bell.Ring);
    }
}
