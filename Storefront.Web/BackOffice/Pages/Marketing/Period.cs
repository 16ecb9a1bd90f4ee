namespace Storefront.Web.BackOffice.Pages.Marketing;

/// <summary>The days that marketing's figures are about; they run from midnight to midnight UTC and include today.</summary>
public enum Period { Today, Week, Month, All }

public static class Periods
{
    /// <summary>The period that an address names; a month when it names none.</summary>
    public static Period Read(string? word) => Enum.GetValues<Period>().Where(p => p.Word() == word).Append(Period.Month).First();

    /// <summary>As it stands in addresses.</summary>
    public static string Word(this Period period) => period switch
    {
        Period.Today => "today",
        Period.Week => "7",
        Period.All => "all",
        _ => "30",
    };

    /// <summary>As it stands on a button.</summary>
    public static string Name(this Period period) => period switch
    {
        Period.Today => "Today",
        Period.Week => "7 days",
        Period.All => "All",
        _ => "30 days",
    };

    /// <summary>The first of its days.</summary>
    public static DateOnly First(this Period period, DateOnly today) => period switch
    {
        Period.Today => today,
        Period.Week => today.AddDays(-6),
        Period.All => DateOnly.MinValue,
        _ => today.AddDays(-29),
    };
}
