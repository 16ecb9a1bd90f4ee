using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Messaging.Outbox;

/// <summary>A message that has been decided on but not yet confirmed by the broker. Deleted when the confirm comes.</summary>
public sealed class OutboxRow
{
    public long Id { get; private set; }

    /// <summary>Empty: the default exchange, so the routing key is a queue's name.</summary>
    public required string Exchange { get; init; }
    public required string RoutingKey { get; init; }
    public required string MessageId { get; init; }
    public required string Type { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>W3C trace context of whoever caused the message; without it the relay would become the parent.</summary>
    public required string TraceParent { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>At least one queue must take it; otherwise the broker hands it back and it stays here.</summary>
    public required bool Mandatory { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be published earlier (a retry's delay).</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The dead letter that is replayed by it.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>It has been written, and got its number.</summary>
    internal OutboxRow Numbered(long id)
    {
        Id = id;
        return this;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> row)
        {
            row.ToTable("outbox");
            row.HasIndex(r => r.NotBefore);
        }
    }
}
