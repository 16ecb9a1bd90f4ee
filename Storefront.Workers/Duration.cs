using System.ComponentModel;
using System.Globalization;

namespace Storefront;

/// <summary>A length of time in a setting: <c>00:00:05</c>, or a number with a unit (<c>250 ms</c>, <c>5 s</c>, <c>2 min</c>, <c>1 h</c>).</summary>
[TypeConverter(typeof(DurationConverter))]
public readonly record struct Duration(TimeSpan Value)
{
    /// <summary>The longest that a setting may say.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("min", 60), ("s", 1), ("m", 60), ("h", 3600)];

    public static Duration OfSeconds(double seconds) => new(TimeSpan.FromSeconds(seconds));

    /// <summary>Reads a setting; false when it is none of the forms, negative, or longer than 24 hours.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        var trimmed = text.Trim();
        var value = TimeSpan.Zero;
        var isTime = trimmed.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out value);
        if (!isTime)
        {
            var (unit, seconds) = Array.Find(Units, u => trimmed.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
            if (unit is null || !double.TryParse(trimmed[..^unit.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || !(count * seconds <= Longest.TotalSeconds) /* nor NaN */)
            {
                duration = default;
                return false;
            }

            value = TimeSpan.FromSeconds(count * seconds);
        }

        duration = new(value);
        return value >= TimeSpan.Zero && value <= Longest;
    }

    public override string ToString() => Value.ToString("c", CultureInfo.InvariantCulture);
}

/// <summary>Lets settings be bound to <see cref="Duration"/>.</summary>
public sealed class DurationConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <exception cref="FormatException">Not a length of time.</exception>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text && Duration.TryParse(text, out var duration)
            ? duration
            : throw new FormatException($"'{value}' is not a length of time from 0 to 24 h; write 00:00:05, or 250 ms, 5 s, 2 min.");
}
