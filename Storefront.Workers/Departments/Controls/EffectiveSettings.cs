namespace Storefront.Departments.Controls;

/// <summary>Somebody has stopped a department.</summary>
public sealed record Pause(DateTimeOffset Since, string By);

/// <summary>A department's settings as they count: what the staff has set, and for the rest what is configured.</summary>
/// <param name="Pause">Why it takes no work; null: it does.</param>
/// <param name="Concurrency">Orders worked on at the same time in this process.</param>
/// <param name="Duration">How long the work takes on average, before <see cref="SimulationOptions.TimeScale"/>.</param>
/// <param name="FailureRate">Share of attempts that fail, 0 to 1; that of the weather while there is any.</param>
public sealed record EffectiveSettings(Pause? Pause, int Concurrency, Duration Duration, double FailureRate)
{
    /// <summary>Why more attempts fail than otherwise; null: there is no weather.</summary>
    public Weather? Weather { get; init; }

    /// <summary>Orders it may work on at once: none while it is paused.</summary>
    public int Hands => Pause is null ? Concurrency : 0;

    /// <param name="configured">What is configured.</param>
    /// <param name="control">What the staff has set, if anything.</param>
    /// <param name="now">The time, which ends the weather.</param>
    public static EffectiveSettings Of(DepartmentOptions configured, DepartmentControl? control, DateTimeOffset now)
    {
        var weather = control?.WeatherAt(now);
        return new(
            control?.PausedAt is { } since ? new(since, control.PausedBy ?? control.ChangedBy) : null,
            control?.Concurrency ?? configured.Concurrency, control?.Duration ?? configured.Duration, weather?.FailureRate ?? control?.FailureRate ?? configured.FailureRate)
        {
            Weather = weather,
        };
    }
}
