using System.Globalization;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>A place in a sorted list of orders: that of the order with this id.</summary>
/// <param name="Key">What the list is sorted by: when the order was placed, in UTC ticks, or its price in minor units.</param>
/// <param name="Id">The order's id, which decides where keys are alike.</param>
public readonly record struct OrderCursor(long Key, long Id)
{
    /// <summary>Whether this place has a larger key than the other one.</summary>
    public bool IsBeyond(OrderCursor other) => (Key, Id).CompareTo((other.Key, other.Id)) > 0;

    /// <summary>The place just above this one in a list, or just below it: between it and its neighbour.</summary>
    public OrderCursor Nudged(bool isUp, OrderSort sort) => this with { Id = Id + (isUp == (sort is OrderSort.Newest or OrderSort.Dearest) ? 1 : -1) };

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static OrderCursor? Read(string? text) =>
        text?.Split('.') is [var key, var id]
        && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(place, number)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}.{Id}");
}
