using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Messaging.DeadLetters;

/// <summary>What somebody did about a dead letter. Rows are only ever added.</summary>
public sealed class DeadLetterAction
{
    public long Id { get; private set; }
    public required long LetterId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: a member of the staff, or the user of the command line.</summary>
    public required string By { get; init; }

    /// <summary>The state the letter came to by it.</summary>
    public required DeadLetterState To { get; init; }

    /// <summary>The reason given for a discard.</summary>
    public string? Reason { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeadLetterAction>
    {
        public void Configure(EntityTypeBuilder<DeadLetterAction> action)
        {
            action.ToTable("dead_letter_actions");
            action.HasOne<DeadLetter>().WithMany().HasForeignKey(a => a.LetterId).IsRequired();
        }
    }
}
