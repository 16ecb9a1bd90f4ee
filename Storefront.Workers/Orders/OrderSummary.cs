namespace Storefront.Orders;

/// <summary>An order as one line of a list: goods and how far they have come, nothing personal.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Status">How far the goods have come.</param>
/// <param name="IsHeldUp">A room that the goods have to pass did not manage at once.</param>
/// <param name="PriceMinor">The total, in minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">Three letters, as in ISO 4217.</param>
/// <param name="PlacedAt">When it was placed.</param>
public sealed record OrderSummary(OrderNumber Number, OrderStatus Status, bool IsHeldUp, long PriceMinor, string Currency, DateTimeOffset PlacedAt)
{
    /// <summary>What was ordered, in the order's own order; prices in major units.</summary>
    public IReadOnlyList<OrderSnapshot.Line> Lines { get; init; } = [];
}
