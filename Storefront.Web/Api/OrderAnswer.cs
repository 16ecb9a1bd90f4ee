using System.ComponentModel;
using Storefront.Orders;

namespace Storefront.Web.Api;

/// <summary>The answer to <c>POST /order</c>: the order stands.</summary>
public sealed record OrderAnswer(
    [property: Description("What the order is known by; read with or without dashes, in any case.")] string OrderNum,
    OrderStatus Status,
    [property: Description("The total, in major units of the currency.")] decimal Price,
    [property: Description("ISO 4217.")] string Currency,
    DateTimeOffset PlacedAt,
    [property: Description("The page on which a person can watch the order.")] string TrackUrl,
    [property: Description("The owner's proof, needed to cancel. Keep it: it is told nowhere else.")] string OrderKey);
