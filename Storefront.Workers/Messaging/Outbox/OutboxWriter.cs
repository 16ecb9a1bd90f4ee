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
        db.OnSave(ct => db.Sql("""
            INSERT INTO outbox (exchange, routing_key, message_id, type, correlation_id, trace_parent, body, mandatory, created_at, not_before, replay_of)
            VALUES (@exchange, @key, @message, @type, @correlation, @trace, @body, @mandatory, @created, @before, @replay)
            """, ("@exchange", message.Exchange), ("@key", message.RoutingKey), ("@message", message.MessageId), ("@type", message.Type), ("@correlation", message.CorrelationId),
            ("@trace", message.TraceParent), ("@body", message.Body.ToArray()), ("@mandatory", message.Mandatory), ("@created", now.UtcTicks), ("@before", (now + delay).UtcTicks),
            ("@replay", message.ReplayOf)).RunAsync(ct));
        db.AfterCommit(bell.Ring);
    }
}
