using Storefront.Orders;

namespace Storefront.Departments.Controls;

/// <summary>What is to become of one setting: left as it is (the default), set to a value, or as configured again.</summary>
public readonly record struct Wanted<T>(bool IsGiven, T? Value) where T : struct
{
    /// <summary>Set to this.</summary>
    public static implicit operator Wanted<T>(T value) => new(true, value);

    internal T? Or(T? before) => IsGiven ? Value : before;
}

/// <summary>What may be wanted of any setting.</summary>
public static class Wanted
{
    /// <summary>As configured again.</summary>
    public static Wanted<T> AsConfigured<T>() where T : struct => new(true, null);
}

/// <summary>A change of a department's settings by the staff. What it does not mention stays as it is.</summary>
public sealed record DepartmentChange
{
    /// <summary>True: takes no more work, and ends what it has in hand. False: goes on.</summary>
    public bool? Paused { get; init; }

    /// <summary>Orders worked on at the same time in each process; counts at once.</summary>
    public Wanted<int> Concurrency { get; init; }

    /// <summary>How long the work takes on average; counts from the next work on.</summary>
    public Wanted<Duration> Duration { get; init; }

    /// <summary>Share of attempts that fail, 0 to 1; counts from the next work on.</summary>
    public Wanted<double> FailureRate { get; init; }

    /// <summary>More failures than usual for a while, or no more of them.</summary>
    public Wanted<WeatherWish> Weather { get; init; }

    /// <summary>How the department was set when somebody decided on this; when it is set otherwise by then, nothing is changed. Null: whatever it was.</summary>
    public WorkSettings? Seen { get; init; }

    /// <summary>Everything that is wrong with it, by field.</summary>
    public IEnumerable<Fault> Faults()
    {
        if (Concurrency.Value is { } hands && hands is < 1 or > DepartmentOptions.MostConcurrency)
        {
            yield return new("concurrency", $"must be between 1 and {DepartmentOptions.MostConcurrency}; it is {hands}.");
        }

        if (Duration.Value is { } duration && (duration.Value < TimeSpan.Zero || duration.Value > Storefront.Duration.Longest))
        {
            yield return new("duration", $"must be a length of time from 0 to 24 h, such as 250 ms, 5 s or 2 min; it is {duration}.");
        }

        // Written this way round, NaN is refused as well.
        if (FailureRate.Value is { } rate && rate is not (>= 0 and <= 1))
        {
            yield return new("failure_rate", FormattableString.Invariant($"must be between 0 and 1; it is {rate}."));
        }

        foreach (var fault in Weather.Value?.Faults() ?? [])
        {
            yield return fault;
        }
    }
}
