namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>
/// One condition of a filter, in SQL about an order <c>o</c> that both databases understand, in up to three forms: which is right depends on how many orders it
/// finds, and the databases' planners do not know that (SQLite's keeps no statistics).
/// </summary>
/// <param name="Asked">Asked of an order that another way has led to: written so that no index can be used for it.</param>
/// <param name="Values">The texts that stand in each of its forms.</param>
internal sealed record OrderCondition(string Asked, params (string Name, object? Value)[] Values)
{
    /// <summary>A query for the ids of all its orders, by an index that has them together but not in the list's order. For few.</summary>
    public string? Ids { get; init; }

    /// <summary>The condition as an index has it that goes on by <c>placed_at</c>: its orders can be walked in the list's order. For however many.</summary>
    public string? Walked { get; init; }

    /// <summary>A query for the ids of all its orders by whatever index, where the list goes by something else than any of them has.</summary>
    public string? IdsInAnyOrder => Ids ?? (Walked is null ? null : $"SELECT o.id FROM orders o WHERE {Walked}");

    /// <summary>That index alone is enough to count them by, without a look at any order.</summary>
    public bool IsCountable { get; init; }
}
