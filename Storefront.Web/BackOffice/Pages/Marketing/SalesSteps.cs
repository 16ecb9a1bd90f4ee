using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>Puts sums by hour into the steps a period is drawn in: a day by the hour, weeks by the day, all by the month.</summary>
internal static class SalesSteps
{
    /// <param name="period">The period.</param>
    /// <param name="sums">Sums by hour for today, by day for the other periods; keyed by whole hours or days since the year 1.</param>
    /// <param name="today">The last day.</param>
    public static IReadOnlyList<StepSales> Of(Period period, IReadOnlyDictionary<long, Takings> sums, DateOnly today) => sums.Count == 0 ? [] : period switch
    {
        Period.Today => [.. Enumerable.Range(0, 24).Select(h => new StepSales($"{h:00}:00", sums.GetValueOrDefault((today.DayNumber * 24L) + h)))],
        Period.All => [.. Months(DateOnly.FromDayNumber((int)sums.Keys.Min()), today).Select(m => new StepSales(m.ToString("MMM yyyy"),
            sums.Where(s => DateOnly.FromDayNumber((int)s.Key) is var day && day.Year == m.Year && day.Month == m.Month).Aggregate(Takings.Nothing, (sum, s) => sum + s.Value)))],
        _ => [.. Enumerable.Range(0, today.DayNumber - period.First(today).DayNumber + 1).Select(i => period.First(today).AddDays(i))
            .Select(d => new StepSales(d.ToString("ddd d MMM"), sums.GetValueOrDefault(d.DayNumber)))],
    };

    private static IEnumerable<DateOnly> Months(DateOnly first, DateOnly last)
    {
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            yield return month;
        }
    }
}
