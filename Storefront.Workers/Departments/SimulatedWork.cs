using Microsoft.Extensions.Options;
using Storefront.Departments.Controls;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>A neighbour that did not manage, as neighbours sometimes do.</summary>
public sealed class NeighbourFailedException(string message) : Exception(message);

/// <summary>The time simulated work takes, and the failures it has.</summary>
public sealed class SimulatedWork(CurrentSettings departments, IOptions<SimulationOptions> simulation, TimeProvider time)
{
    /// <summary>Takes the department's time.</summary>
    public Task TakeTimeAsync(Department department, CancellationToken cancellationToken)
    {
        var duration = departments.Of(department).Duration.Value * simulation.Value.TimeScale * (0.6 + (Random.Shared.NextDouble() * 0.8));
        return duration > TimeSpan.Zero ? Task.Delay(duration, time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>
    /// Has <paramref name="effect"/> done by the neighbour. At the department's failure rate it fails: half the time before the effect,
    /// half the time after it, like a line that drops before the answer came.
    /// </summary>
    /// <exception cref="NeighbourFailedException">This attempt failed.</exception>
    public string Do(Department department, Func<string> effect)
    {
        var fails = Random.Shared.NextDouble() < departments.Of(department).FailureRate;
        if (fails && Random.Shared.Next(2) == 0)
        {
            throw new NeighbourFailedException("The neighbour did not answer.");
        }

        var reference = effect();
        return fails ? throw new NeighbourFailedException("The line dropped before the neighbour's answer came.") : reference;
    }
}
