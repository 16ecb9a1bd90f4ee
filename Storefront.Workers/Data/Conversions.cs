using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Storefront.Orders;

namespace Storefront.Data;

/// <summary>Time as UTC ticks: the same order in the database as on the clock.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(t => t.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));

/// <summary>A length of time as ticks.</summary>
internal sealed class DurationTicks() : ValueConverter<Duration, long>(d => d.Value.Ticks, t => new Duration(TimeSpan.FromTicks(t)));

internal sealed class OrderNumberAsLong() : ValueConverter<OrderNumber, long>(n => n.Value, v => new OrderNumber(v));

/// <summary>Terms as lower-case words, so that the database reads like the API.</summary>
internal sealed class LowerCase<T>() : ValueConverter<T, string>(t => t.Text(), s => Enum.Parse<T>(s, ignoreCase: true)) where T : struct, Enum;

/// <summary>A small value kept as JSON in one column.</summary>
internal sealed class AsJson<T>() : ValueConverter<T, string>(v => Write(v), s => Read(s)) where T : class
{
    private static string Write(T value) => JsonSerializer.Serialize(value, OrderJson.Options);

    private static T Read(string text) => JsonSerializer.Deserialize<T>(text, OrderJson.Options)!;

    /// <summary>Compares by what is written.</summary>
    internal sealed class Comparer() : ValueComparer<T>((a, b) => Write(a!) == Write(b!), v => Write(v).GetHashCode(StringComparison.Ordinal), v => Read(Write(v)));
}
