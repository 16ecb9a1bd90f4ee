using System.Globalization;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>From here to there by one of the two columns that lists are sorted by.</summary>
/// <param name="Walked">The condition where that column's index is walked; null: there is none.</param>
/// <param name="Asked">The condition asked of an order that another way has led to.</param>
/// <param name="Ids">A query for the ids of all its orders, by the column's index.</param>
internal sealed record OrderRange(string? Walked, string? Asked, string? Ids)
{
    /// <summary>The days of a filter.</summary>
    public static OrderRange Days(OrderFilter filter, TimeZoneInfo zone) =>
        Of("placed_at", filter.From is { } from ? Begin(from, zone) : null, filter.To is { } to ? Begin(to.AddDays(1), zone) - 1 : null) with { Ids = null };

    /// <summary>The amounts of a filter.</summary>
    public static OrderRange Amounts(OrderFilter filter) => Of("price_minor", filter.Least, filter.Most);

    /// <summary>When a day begins, in UTC ticks.</summary>
    private static long Begin(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).UtcTicks;
    }

    private static OrderRange Of(string column, long? least, long? most)
    {
        return least is null && most is null ? new(null, null, null) : new(Text("o."), Text("+o."), $"SELECT n.id FROM orders n WHERE {Text("n.")}");

        string Text(string of) => string.Join(" AND ", new[]
        {
            least is null ? null : string.Create(CultureInfo.InvariantCulture, $"{of}{column} >= {least}"), most is null ? null : string.Create(CultureInfo.InvariantCulture, $"{of}{column} <= {most}"),
        }.OfType<string>());
    }
}
