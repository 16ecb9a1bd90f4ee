using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Auditing;

/// <summary>One thing that a member of the staff did. Rows are only ever added; the database itself refuses to change or delete one.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: a member of the staff, or the user of the command line.</summary>
    public required string Who { get; init; }

    /// <summary>What was done: area and verb, as in <c>order.cancel</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: kind and name, as in <c>order X7K2-9QHD-4MTB</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What changed, or why, in words.</summary>
    public string? Detail { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry)
        {
            entry.ToTable("audit_log");
            entry.HasIndex(e => new { e.Who, e.Id });
            entry.HasIndex(e => new { e.Action, e.Id });
            entry.HasIndex(e => new { e.Subject, e.Id });
        }
    }
}
