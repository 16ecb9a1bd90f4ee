namespace Storefront.Simulation;

/// <summary>How far a run of played customers has come.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="By">Who began it.</param>
/// <param name="BeganAt">When.</param>
/// <param name="EndedAt">When it was over; null: it goes on.</param>
/// <param name="Placed">Orders that stand.</param>
/// <param name="Refused">Orders that the shop refused, by reason.</param>
/// <param name="WasStopped">It was ended before all had come.</param>
public sealed record SimulationProgress(SimulationPlan Plan, string By, DateTimeOffset BeganAt, DateTimeOffset? EndedAt, int Placed, IReadOnlyDictionary<string, int> Refused, bool WasStopped)
{
    /// <summary>Orders that have yet to come; none of a run that is over.</summary>
    public int Left => EndedAt is null ? Math.Max(0, Plan.Orders - Placed - RefusedInAll) : 0;

    /// <summary>Orders refused for whatever reason.</summary>
    public int RefusedInAll => Refused.Values.Sum();
}
