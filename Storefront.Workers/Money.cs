using System.Globalization;

namespace Storefront;

/// <summary>Amounts are a <see cref="long"/> in minor units (cents) inside the shop and a number in major units outside it.</summary>
public static class Money
{
    /// <summary>The largest amount the shop handles, in minor units; far from overflow even after multiplication by a hundred.</summary>
    public const long MaxMinor = 100_000_000_000;

    /// <summary>Minor units as a decimal in major units, always with two decimals (<c>18.50</c>).</summary>
    public static decimal ToMajor(long minor) => minor * 0.01m;

    /// <summary>Reads major units; false when the amount is negative, too large, or has more than two decimals.</summary>
    public static bool TryToMinor(decimal major, out long minor)
    {
        minor = 0;
        if (major < 0 || major > MaxMinor / 100m || decimal.Round(major, 2) != major)
        {
            return false;
        }

        minor = (long)(major * 100);
        return true;
    }

    /// <summary>As the staff and English readers read it: <c>€18.50</c>, or <c>18.50 NOK</c> where the currency has no sign of its own.</summary>
    public static string Format(long minor, string currency)
    {
        var amount = ToMajor(minor).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return SignOf(currency) is { } sign ? sign + amount : $"{amount} {currency}";
    }

    /// <summary>The sign that customers know a currency by; null when it has none of its own.</summary>
    public static string? SignOf(string currency) => currency switch
    {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        _ => null,
    };
}
