namespace Storefront.Orders;

/// <summary>
/// The addresses under which an order is watched, relative to the shop's own. The mailed one carries the order's key and so shows everything:
/// the page behind it remembers the browser and leads on to the address without it, which gives nothing away.
/// </summary>
public static class OrderLinks
{
    /// <summary>Name of the query's field with the order's key.</summary>
    public const string KeyField = "key";

    /// <summary>For anybody: goods and progress, nothing personal.</summary>
    public static string Shared(OrderNumber number) => $"/track/{number}";

    /// <summary>For whoever ordered, by mail: <c>/track/{order_num}?key={order_key}</c>.</summary>
    public static string Mailed(OrderNumber number, OrderKeys keys) => $"{Shared(number)}?{KeyField}={keys.Of(number)}";
}
