using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Orders;

namespace Storefront.Departments.Controls;

/// <summary>What the staff has set for a department, kept for all processes and all restarts. What is null is as configured (<see cref="DepartmentOptions"/>).</summary>
public sealed class DepartmentControl
{
    public required Department Department { get; init; }

    /// <summary>Since when it takes no work; null: it does.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Who paused it.</summary>
    public string? PausedBy { get; private set; }

    /// <summary>Orders worked on at the same time, in each process.</summary>
    public int? Concurrency { get; private set; }

    /// <summary>How long the work takes on average.</summary>
    public Duration? Duration { get; private set; }

    /// <summary>Share of attempts that fail.</summary>
    public double? FailureRate { get; private set; }

    /// <summary>Grows by one with every change: of two states known of, the one with more is the newer.</summary>
    public long Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public required string ChangedBy { get; set; }

    /// <summary>Makes the change; false: it is so already, and nothing was touched.</summary>
    /// <param name="change">What is to be different; without faults.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="now">The time.</param>
    public bool Apply(DepartmentChange change, string who, DateTimeOffset now)
    {
        var before = (PausedAt, Concurrency, Duration, FailureRate);
        if (change.Paused is { } paused && paused != PausedAt is not null)
        {
            PausedAt = paused ? now : null;
            PausedBy = paused ? who : null;
        }

        Concurrency = change.Concurrency.Or(Concurrency);
        Duration = change.Duration.Or(Duration);
        FailureRate = change.FailureRate.Or(FailureRate);
        if (before == (PausedAt, Concurrency, Duration, FailureRate))
        {
            return false;
        }

        (ChangedAt, ChangedBy) = (now, who);
        return true;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<DepartmentControl>
    {
        public void Configure(EntityTypeBuilder<DepartmentControl> control)
        {
            control.ToTable("department_controls");
            control.HasKey(c => c.Department);
        }
    }
}
