namespace Storefront.Web.BackOffice.Feed;

/// <summary>How today goes, as the dashboard shows it; days are those of UTC. Amounts in minor units.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Hours">The hours of today, from midnight on, each beside the same hour of yesterday; 24 of them.</param>
/// <param name="YesterdaySoFar">Yesterday up to the same time of day.</param>
/// <param name="Minutes">Orders placed in each of the last 60 minutes, the one that runs now last.</param>
/// <param name="ToShip">How long orders take until they are shipped.</param>
/// <param name="RunningOut">Goods of which few are left, the fewest first.</param>
public sealed record TodayNumbers(
    DateTimeOffset At, IReadOnlyList<HourPair> Hours, Takings YesterdaySoFar, IReadOnlyList<int> Minutes, TimeToShip ToShip, IReadOnlyList<FewLeft> RunningOut)
{
    /// <summary>Today up to now.</summary>
    public Takings Today => Hours.Aggregate(Takings.Nothing, (sum, hour) => sum + hour.Today);
}

/// <summary>Orders, and what they came to.</summary>
public readonly record struct Takings(long Orders, long RevenueMinor)
{
    public static readonly Takings Nothing;

    public static Takings operator +(Takings a, Takings b) => new(a.Orders + b.Orders, a.RevenueMinor + b.RevenueMinor);

    /// <summary>The same as <c>+</c>.</summary>
    public static Takings Add(Takings left, Takings right) => left + right;
}

/// <summary>One hour of the day (0 to 23), today and yesterday.</summary>
public sealed record HourPair(int Hour, Takings Today, Takings Yesterday);

/// <summary>A product of which few are left.</summary>
public sealed record FewLeft(int ProductId, string Name, int Stock);
