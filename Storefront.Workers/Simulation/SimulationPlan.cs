namespace Storefront.Simulation;

/// <summary>A run of played customers.</summary>
/// <param name="Orders">How many orders they place.</param>
/// <param name="PerSecond">How many come each second, whether or not the shop keeps up.</param>
/// <param name="Seed">The same seed gives the same customers and baskets, as long as the shop sells the same goods.</param>
public sealed record SimulationPlan(int Orders, double PerSecond, int Seed)
{
    public const int MostOrders = 10_000;
    public const double LeastPerSecond = 0.1;
    public const double MostPerSecond = 200;

    /// <summary>Everything that is wrong with it, by field.</summary>
    public IEnumerable<Fault> Faults()
    {
        if (Orders is < 1 or > MostOrders)
        {
            yield return new("orders", FormattableString.Invariant($"must be from 1 to {MostOrders}; it is {Orders}."));
        }

        // Written this way round, NaN is refused as well.
        if (PerSecond is not (>= LeastPerSecond and <= MostPerSecond))
        {
            yield return new("per_second", FormattableString.Invariant($"must be from {LeastPerSecond} to {MostPerSecond} a second; it is {PerSecond}."));
        }
    }

    /// <summary>When the order with this index, counted from 0, is due after the beginning.</summary>
    internal TimeSpan DueAt(int index) => TimeSpan.FromSeconds(index / PerSecond);
}
