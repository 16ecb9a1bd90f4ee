using System.Globalization;

namespace Storefront.Languages;

/// <summary>
/// How a language writes numbers, money and time. It stands in the language's file and not in the system's tables (ICU), which a machine may lack
/// or have in another version: so a price reads the same wherever the shop runs.
/// </summary>
/// <param name="Point">Between whole and part: <c>,</c>.</param>
/// <param name="Group">Between thousands: <c>.</c>.</param>
/// <param name="Money">An amount with the sign of its currency: <c>{amount} {sign}</c>.</param>
/// <param name="Date">A day, as a .NET format of <c>d</c>, <c>MMM</c> and <c>yyyy</c>, which <c>store.js</c> reads too: <c>d. MMM yyyy</c>.</param>
/// <param name="Time">Hours and minutes: <c>HH:mm</c>.</param>
/// <param name="Clock">With seconds: <c>HH:mm:ss</c>.</param>
/// <param name="Months">The twelve months as short as <c>MMM</c> shall write them.</param>
public sealed record Formats(string Point, string Group, string Money, string Date, string Time, string Clock, string[] Months)
{
    internal CultureInfo ToCulture(string code)
    {
        var culture = new CultureInfo(code);
        culture.NumberFormat.NumberDecimalSeparator = Point;
        culture.NumberFormat.NumberGroupSeparator = Group;
        // .NET counts a thirteenth month, for calendars that have one.
        string[] months = [.. Months, ""];
        culture.DateTimeFormat.AbbreviatedMonthNames = months;
        culture.DateTimeFormat.AbbreviatedMonthGenitiveNames = months;
        return CultureInfo.ReadOnly(culture);
    }
}
