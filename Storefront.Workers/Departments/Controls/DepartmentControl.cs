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

    /// <summary>Share of attempts that fail in the weather, in place of <see cref="FailureRate"/>; null: there is none.</summary>
    public double? WeatherFailureRate { get; private set; }

    /// <summary>When the weather is over, by itself and at every process.</summary>
    public DateTimeOffset? WeatherUntil { get; private set; }

    /// <summary>Who made the weather.</summary>
    public string? WeatherBy { get; private set; }

    /// <summary>Grows by one with every change: of two states known of, the one with more is the newer.</summary>
    public long Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public required string ChangedBy { get; set; }

    /// <summary>How it works, as far as it is not as configured.</summary>
    public WorkSettings Work => new(Concurrency, Duration, FailureRate);

    /// <summary>The weather at that time; null: there is none, or it is over.</summary>
    public Weather? WeatherAt(DateTimeOffset now) =>
        WeatherFailureRate is { } rate && WeatherUntil is { } until && until > now ? new(rate, until, WeatherBy ?? ChangedBy) : null;

    /// <summary>Makes the change; false: it is so already, and nothing was touched.</summary>
    /// <param name="change">What is to be different; without faults.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="now">The time.</param>
    public bool Apply(DepartmentChange change, string who, DateTimeOffset now)
    {
        var before = (PausedAt, Work, WeatherAt(now));
        if (change.Paused is { } paused && paused != PausedAt is not null)
        {
            PausedAt = paused ? now : null;
            PausedBy = paused ? who : null;
        }

        Concurrency = change.Concurrency.Or(Concurrency);
        Duration = change.Duration.Or(Duration);
        FailureRate = change.FailureRate.Or(FailureRate);
        if (change.Weather.IsGiven)
        {
            (WeatherFailureRate, WeatherUntil, WeatherBy) = change.Weather.Value is { } wish ? (wish.FailureRate, now + wish.Lasts, who) : default((double?, DateTimeOffset?, string?));
        }

        if (before == (PausedAt, Work, WeatherAt(now)))
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
            control.Ignore(c => c.Work);
        }
    }
}

/// <summary>How a department is set to work; null: as configured.</summary>
public readonly record struct WorkSettings(int? Concurrency, Duration? Duration, double? FailureRate);
