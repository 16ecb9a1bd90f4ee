using Storefront.Catalog;

namespace Storefront.Orders;

/// <summary>Another system's order as read from the queue <c>orders</c>: either products, or only a price.</summary>
public sealed record ForeignOrder(Customer Customer, IReadOnlyList<Amount> Products, long PriceMinor, string? MessageId, string? Reference);
