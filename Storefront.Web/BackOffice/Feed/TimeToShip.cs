namespace Storefront.Web.BackOffice.Feed;

/// <summary>How long the last orders took from placed to shipped. Those still under way are left out, and said beside it: else the figure would flatter a shop that has come to a stop.</summary>
/// <param name="Median">Half of them took no longer; null when none is shipped.</param>
/// <param name="P95">So with 95 of 100.</param>
/// <param name="Shipped">Of how many this is told.</param>
/// <param name="UnderWay">How many of the last orders are not shipped yet.</param>
public sealed record TimeToShip(TimeSpan? Median, TimeSpan? P95, int Shipped, int UnderWay)
{
    /// <summary>The last orders that are looked at.</summary>
    public const int LookedAt = 500;

    /// <summary>Told from orders; null for those that are not shipped yet.</summary>
    public static TimeToShip Of(IReadOnlyCollection<TimeSpan?> orders)
    {
        var took = orders.OfType<TimeSpan>().Order().ToList();
        return new(Within(took, 50), Within(took, 95), took.Count, orders.Count - took.Count);
    }

    /// <summary>The shortest time within which so many of a hundred were shipped (nearest rank).</summary>
    private static TimeSpan? Within(List<TimeSpan> took, int percent) => took.Count == 0 ? null : took[(((took.Count * percent) + 99) / 100) - 1];
}
