namespace Storefront.Departments.Controls;

/// <summary>More failures than usual at a department, for a while; afterwards it is as it was before.</summary>
/// <param name="FailureRate">Share of attempts that fail, 0 to 1, in place of what is set otherwise.</param>
/// <param name="Until">When it is over.</param>
/// <param name="By">Who made it.</param>
public sealed record Weather(double FailureRate, DateTimeOffset Until, string By);

/// <summary>Weather that somebody wants.</summary>
/// <param name="FailureRate">Share of attempts that fail, 0 to 1.</param>
/// <param name="Lasts">For how long, from now on.</param>
public readonly record struct WeatherWish(double FailureRate, TimeSpan Lasts)
{
    /// <summary>The longest it may be wished for: nobody is to forget it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The shortest.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    internal IEnumerable<Fault> Faults()
    {
        // Written this way round, NaN is refused as well.
        if (FailureRate is not (>= 0 and <= 1))
        {
            yield return new("weather_failure_rate", FormattableString.Invariant($"must be between 0 and 1; it is {FailureRate}."));
        }

        if (Lasts < Shortest || Lasts > Longest)
        {
            yield return new("weather_lasts", FormattableString.Invariant($"must be from {Shortest.TotalMinutes} to {Longest.TotalMinutes} minutes; it is {Lasts.TotalMinutes}."));
        }
    }
}
