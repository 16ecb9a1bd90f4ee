using System.Collections.Concurrent;
using Storefront.Orders;

namespace Storefront.Tests.Shop;

/// <summary>
/// What was asked of a shop and what it promised, written down as it happens by those outside; at the end it is held against
/// the shop's own data (<see cref="LedgerClosing"/>).
/// </summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<OrderNumber, bool>> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<OrderNumber, long> _versions = new();
    private readonly ConcurrentDictionary<OrderNumber, bool> _cancelled = new();
    private readonly ConcurrentDictionary<string, bool> _foreign = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _poisons = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _maybeGone = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DateTimeOffset> _faults = new();
    private readonly ConcurrentQueue<string> _broken = new();

    /// <summary>Pieces on the shelves when it all began; null: not known, and the stock is not checked.</summary>
    public IReadOnlyDictionary<int, int>? OpeningStock { get; init; }

    /// <summary>Whether a dead letter of which nothing is written here is unexpected; not for a test that makes its own.</summary>
    public bool KnowsAllLetters { get; init; } = true;

    /// <summary>Every request, by its idempotency key, with the orders it was answered with.</summary>
    internal IReadOnlyDictionary<string, ConcurrentDictionary<OrderNumber, bool>> Requests => _requests;

    /// <summary>The newest version that anybody saw of an order.</summary>
    internal IReadOnlyDictionary<OrderNumber, long> Versions => _versions;

    internal ICollection<OrderNumber> Cancelled => _cancelled.Keys;

    /// <summary>Other systems' orders that the broker has taken, by their own number, and whether they had a message id.</summary>
    internal IReadOnlyDictionary<string, bool> Foreign => _foreign;

    /// <summary>Message ids of what nobody can read.</summary>
    internal ICollection<string> Poisons => _poisons.Keys;

    internal IReadOnlyCollection<DateTimeOffset> Faults => _faults;

    /// <summary>Promises that were seen broken on the way.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    /// <summary>Requests that were answered with an order.</summary>
    public int Accepted => _requests.Values.Count(orders => !orders.IsEmpty);

    /// <summary>A ledger for a shop that has been opened.</summary>
    public static async Task<Ledger> OfAsync(ShopData data, CancellationToken cancellationToken) => new() { OpeningStock = await data.StockAsync(cancellationToken) };

    /// <inheritdoc cref="OfAsync(ShopData, CancellationToken)"/>
    public static Task<Ledger> OfAsync(TestShop shop, CancellationToken cancellationToken) => OfAsync(ShopData.Of(shop), cancellationToken);

    /// <summary>A customer asks for an order; asking again under the same key is the same request.</summary>
    public void Asks(string key) => _requests.TryAdd(key, new());

    /// <summary>The shop has promised an order.</summary>
    public void Promised(string key, OrderNumber number)
    {
        Asks(key);
        _requests[key][number] = true;
        _versions.TryAdd(number, 1);
    }

    /// <summary>The shop has promised an order to somebody who has no key.</summary>
    public void Promised(OrderNumber number) => Promised($"without a key: {number}", number);

    /// <summary>The shop has said that an order is cancelled.</summary>
    public void IsCancelled(OrderNumber number) => _cancelled[number] = true;

    /// <summary>The broker has taken another system's order.</summary>
    public void Sent(string reference, bool withMessageId) => _foreign[reference] = withMessageId;

    /// <summary>The broker has taken something that nobody can read.</summary>
    public void SentPoison(string messageId, string queue) => _poisons[messageId] = queue;

    /// <summary>A queue has been deleted with all that lay in it. The shop's own messages it can send again; those of others are gone for good.</summary>
    public void IsDeleted(string queue)
    {
        var others = _poisons.Where(p => p.Value == queue).Select(p => p.Key).Concat(queue == "orders" ? _foreign.Keys : []);
        foreach (var message in others)
        {
            _maybeGone[message] = true;
        }
    }

    /// <summary>Whether another's message lay, or may have lain, in a queue when that was deleted.</summary>
    internal bool IsMaybeGone(string message) => _maybeGone.ContainsKey(message);

    /// <summary>A fault begins or ends now; orders that are under way have lived through it.</summary>
    public void Fault() => _faults.Enqueue(DateTimeOffset.UtcNow);

    /// <summary>Somebody has seen an order; one after the other, or a late look would seem to go back.</summary>
    public void Sees(OrderNumber number, long version) => _versions.AddOrUpdate(number, version, (_, newest) =>
    {
        if (version < newest)
        {
            Breaks($"order {number} went back from version {newest} to {version}");
        }

        return Math.Max(version, newest);
    });

    /// <summary>A promise does not hold.</summary>
    public void Breaks(string what) => _broken.Enqueue(what);
}
