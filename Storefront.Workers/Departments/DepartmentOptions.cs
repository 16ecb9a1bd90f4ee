using System.ComponentModel.DataAnnotations;

namespace Storefront.Departments;

/// <summary>Section <c>Departments:&lt;Name&gt;</c>; what the staff has set in the back office (<see cref="Controls.DepartmentControls"/>) counts before it.</summary>
public sealed class DepartmentOptions
{
    public const string Section = "Departments";

    /// <summary>The most orders a department may be told to work on at the same time.</summary>
    public const int MostConcurrency = 256;

    /// <summary>How long the work takes on average, before <see cref="SimulationOptions.TimeScale"/>; jittered by 40 % either way.</summary>
    public Duration Duration { get; set; }

    /// <summary>Share of attempts that fail, 0 to 1.</summary>
    [Range(0.0, 1.0, ErrorMessage = "FailureRate must be between 0 and 1.")]
    public double FailureRate { get; set; }

    /// <summary>Orders worked on at the same time. Those that are at the same step share its commit: with 48 a rush is worked off a seventh faster than with 16.</summary>
    [Range(1, MostConcurrency, ErrorMessage = "Concurrency must be between 1 and 256.")]
    public int Concurrency { get; set; } = 48;

    /// <summary>Whether this process works for the department; its queue fills meanwhile.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>Section <c>Simulation</c>.</summary>
public sealed class SimulationOptions
{
    public const string Section = "Simulation";

    /// <summary>Multiplies every simulated duration; 0: simulated work takes no time.</summary>
    [Range(0.0, 1000.0, ErrorMessage = "Simulation:TimeScale must be between 0 and 1000.")]
    public double TimeScale { get; set; } = 1;

    /// <summary>Whether the back office may play customers and bad weather; empty: in development only.</summary>
    public bool? Allowed { get; set; }
}

/// <summary>Section <c>Workers</c>.</summary>
public sealed class WorkersOptions
{
    public const string Section = "Workers";

    /// <summary>Run the departments inside the web process.</summary>
    public bool CoHosted { get; set; } = true;
}
