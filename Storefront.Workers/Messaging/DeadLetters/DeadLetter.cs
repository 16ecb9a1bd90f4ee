using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Messaging.DeadLetters;

/// <summary>A message nobody could work off, as it came, and why. One table for all of them, whoever gave up.</summary>
public sealed class DeadLetter
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The queue whose consumer gave up; for a message that the broker would not take (<see cref="Exchange"/>), its routing key.</summary>
    public required string Queue { get; init; }

    /// <summary>Empty for what a consumer gave up: a replay goes to its queue alone. Otherwise the exchange that an outgoing message was meant for.</summary>
    public string Exchange { get; init; } = "";
    public string? MessageId { get; init; }
    public string? Type { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>The bytes as they came.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The headers, as JSON.</summary>
    public required string Headers { get; init; }

    /// <summary>One sentence a person can act on.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason without what differs from message to message: letters are grouped by queue and cause.</summary>
    public required string Cause { get; init; }

    /// <summary>Exception and stack, where there was one.</summary>
    public string? Detail { get; init; }

    /// <summary>Attempts made before giving up; 0 when it could not even be read.</summary>
    public required int Attempts { get; init; }

    public DeadLetterState State { get; set; }

    /// <summary>The letter whose replay came to this; null for the first death.</summary>
    public long? ReplayOf { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeadLetter>
    {
        public void Configure(EntityTypeBuilder<DeadLetter> letter)
        {
            letter.ToTable("dead_letters");
            letter.HasIndex(l => l.At);
            letter.HasIndex(l => l.ReplayOf);
            // What waits for a decision: little, whatever was decided about before.
            letter.HasIndex(l => l.CorrelationId).HasFilter("state = 'waiting'");
            letter.HasIndex(l => new { l.State, l.Id });
            letter.HasIndex(l => new { l.State, l.Queue, l.Exchange, l.Cause, l.At });
        }
    }
}

/// <summary>What has been done about a dead letter.</summary>
public enum DeadLetterState { Waiting, Replayed, Discarded }
