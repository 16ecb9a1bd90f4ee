using System.Globalization;

namespace Storefront.Departments.Controls;

/// <summary>A department's settings in words, for those who want to know later who changed what.</summary>
internal sealed record ControlWords(string Pause, string Concurrency, string Duration, string FailureRate, string Weather)
{
    private const string AsConfigured = " (as configured)";

    public static ControlWords Of(DepartmentControl control, DepartmentOptions configured, DateTimeOffset now) => new(
        control.PausedAt is null ? "at work" : "paused",
        control.Concurrency?.ToString(CultureInfo.InvariantCulture) ?? $"{configured.Concurrency}{AsConfigured}",
        control.Duration is { } duration ? Seconds(duration) : Seconds(configured.Duration) + AsConfigured,
        control.FailureRate is { } rate ? Percent(rate) : Percent(configured.FailureRate) + AsConfigured,
        control.WeatherAt(now) is { } weather ? $"{Percent(weather.FailureRate)} until {weather.Until.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "none");

    /// <summary>What is different afterwards: <c>concurrency 16 (as configured) → 4, failure rate 0 % → 30 %</c>.</summary>
    public string ChangeTo(ControlWords after) => string.Join(", ", new[]
    {
        ("", Pause, after.Pause), ("concurrency ", Concurrency, after.Concurrency), ("duration ", Duration, after.Duration),
        ("failure rate ", FailureRate, after.FailureRate), ("weather ", Weather, after.Weather),
    }.Where(p => p.Item2 != p.Item3).Select(p => $"{p.Item1}{p.Item2} → {p.Item3}"));

    private static string Seconds(Duration duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.Value.TotalSeconds:0.###} s");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}
