namespace Storefront.Orders;

/// <summary>When a recent order came to each step; null for those it has not come to.</summary>
public sealed record Passage(DateTimeOffset Placed, DateTimeOffset? Picked, DateTimeOffset? Packed, DateTimeOffset? Shipped)
{
    /// <summary>When it came to a step on the way.</summary>
    public DateTimeOffset? At(OrderStatus step) => step switch
    {
        OrderStatus.Placed => Placed,
        OrderStatus.Picked => Picked,
        OrderStatus.Packed => Packed,
        OrderStatus.Shipped => Shipped,
        _ => null,
    };
}

/// <summary>How long orders usually take from a step until they are shipped, told from recent ones; null where they tell nothing.</summary>
public sealed record Forecast(TimeSpan? FromPlaced = null, TimeSpan? FromPicked = null, TimeSpan? FromPacked = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Forecast None = new();

    /// <summary>Fewer shipped orders than this are no basis.</summary>
    public const int Least = 5;

    /// <summary>What "usually" means: so many of ten were as fast. (The median would be wrong half of the time.)</summary>
    private const int OfTen = 8;

    /// <summary>Told from recent orders, those under way among them.</summary>
    public static Forecast Of(IReadOnlyCollection<Passage> recent, DateTimeOffset now) => new(
        Usual(recent, OrderStatus.Placed, now), Usual(recent, OrderStatus.Picked, now), Usual(recent, OrderStatus.Packed, now));

    /// <summary>The time from a step until shipped.</summary>
    public TimeSpan? From(OrderStatus step) => step switch
    {
        OrderStatus.Placed => FromPlaced,
        OrderStatus.Picked => FromPicked,
        OrderStatus.Packed => FromPacked,
        _ => null,
    };

    /// <summary>
    /// The shortest time in which eight of ten were shipped. An order still under way counts against every time that it has already waited longer than:
    /// else a shop where everything has come to a stop would go by the few that got through.
    /// </summary>
    private static TimeSpan? Usual(IReadOnlyCollection<Passage> recent, OrderStatus step, DateTimeOffset now)
    {
        var shipped = recent.Where(p => p.Shipped is not null && p.At(step) is not null).Select(p => p.Shipped!.Value - p.At(step)!.Value).Order().ToList();
        var waiting = recent.Where(p => p.Shipped is null && p.At(step) is not null).Select(p => now - p.At(step)!.Value).ToList();
        if (shipped.Count < Least)
        {
            return null;
        }

        for (var i = 0; i < shipped.Count; i++)
        {
            if (10 * (i + 1) >= OfTen * (shipped.Count + waiting.Count(w => w > shipped[i])))
            {
                return shipped[i];
            }
        }

        return null;
    }
}
