using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Messaging.DeadLetters;

/// <summary>A message nobody could work off, as it came, and why. One table for all of them, whoever gave up.</summary>
public sealed class DeadLetter
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The queue whose consumer gave up.</summary>
    public required string Queue { get; init; }
    public string? MessageId { get; init; }
    public string? Type { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>The bytes as they came.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The headers, as JSON.</summary>
    public required string Headers { get; init; }

    /// <summary>One sentence a person can act on.</summary>
    public required string Reason { get; init; }

    /// <summary>Exception and stack, where there was one.</summary>
    public string? Detail { get; init; }

    /// <summary>Attempts made before giving up; 0 when it could not even be read.</summary>
    public required int Attempts { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeadLetter>
    {
        public void Configure(EntityTypeBuilder<DeadLetter> letter)
        {
            letter.ToTable("dead_letters");
            letter.HasIndex(l => l.At);
        }
    }
}
