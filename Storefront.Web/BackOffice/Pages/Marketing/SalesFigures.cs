using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>What marketing counted in a period; amounts in minor units.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Period">Of which days it tells.</param>
/// <param name="Columns">The period in equal steps (<see cref="SalesSteps"/>), those without an order included; empty without any.</param>
/// <param name="ByHour">The hours of the day (UTC), of all days of the period together; 24 of them.</param>
/// <param name="BySource">Where orders came in, the busiest way first.</param>
/// <param name="Goods">What is in the catalogue or was sold, the best first.</param>
/// <param name="Pieces">Pieces sold.</param>
/// <param name="New">Orders with an e-mail address under which nobody had ordered before.</param>
/// <param name="Returning">Orders with an address under which somebody had.</param>
public sealed record SalesFigures(
    DateTimeOffset At, Period Period, IReadOnlyList<StepSales> Columns, IReadOnlyList<Takings> ByHour, IReadOnlyList<SourceSales> BySource, IReadOnlyList<ProductSales> Goods,
    long Pieces, long New, long Returning)
{
    public Takings Total => BySource.Aggregate(Takings.Nothing, (sum, s) => sum + s.Sold);

    /// <summary>Orders without an e-mail address: nobody can tell.</summary>
    public long Unknown => Total.Orders - New - Returning;

    /// <summary>Rounded to the minor unit; 0 without orders.</summary>
    public long AverageMinor => Total is { Orders: > 0 } total ? (total.RevenueMinor + (total.Orders / 2)) / total.Orders : 0;

    /// <summary>The categories, that with the highest revenue first.</summary>
    public IReadOnlyList<(string Name, long Pieces, long RevenueMinor)> Categories =>
        [.. Goods.Where(g => g.Pieces > 0).GroupBy(g => g.Category, StringComparer.Ordinal).Select(c => (c.Key, c.Sum(g => g.Pieces), c.Sum(g => g.RevenueMinor))).OrderByDescending(c => c.Item3)];
}

/// <summary>An hour, day or month, and what came in.</summary>
public sealed record StepSales(string Label, Takings Sold);

/// <summary>A way in (<c>shop</c>, <c>api</c>, <c>queue</c>), and what came in by it.</summary>
public sealed record SourceSales(string Source, Takings Sold);

/// <summary>A product and how it sold. Of goods that left the catalogue only the number is known.</summary>
public sealed record ProductSales(int ProductId, string Name, string Category, int? Stock, long Pieces, long RevenueMinor);
