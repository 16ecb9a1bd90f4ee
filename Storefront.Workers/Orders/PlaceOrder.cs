using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Messaging.Outbox;

namespace Storefront.Orders;

/// <summary>How placing an order ended.</summary>
public abstract record Placing
{
    /// <summary>The order stands, durably. <paramref name="Repeated"/>: it stood already, under the same key or message id.</summary>
    public sealed record Accepted(OrderNumber Number, OrderStatus Status, long PriceMinor, string Currency, DateTimeOffset PlacedAt, bool Repeated) : Placing;

    /// <summary>Understood but impossible; nothing is stored.</summary>
    public sealed record Refused(IReadOnlyList<Fault> Faults) : Placing;

    /// <summary>Not enough on the shelf; nothing is stored.</summary>
    public sealed record SoldOut(IReadOnlyList<Shortage> Shortages) : Placing;

    /// <summary>Some goods cost something else than the customer knows (<see cref="OrderRequest.SeenPrices"/>), and perhaps there are not enough of some; nothing is stored.</summary>
    public sealed record Repriced(IReadOnlyList<NewPrice> Prices, IReadOnlyList<Shortage> Shortages) : Placing;

    /// <summary>The idempotency key belongs to another request; nothing is stored.</summary>
    public sealed record KeyTaken(OrderNumber Number) : Placing;
}

/// <summary>A product that costs something else than the customer was told, in minor units.</summary>
public sealed record NewPrice(int ProductId, string Name, long SeenMinor, long NowMinor);

/// <summary>An idempotency key and where it came in (<c>api</c>, <c>shop</c>).</summary>
public sealed record RequestKey(string Scope, string Key)
{
    public override string ToString() => $"{Scope}:{Key}";
}

/// <summary>Places orders: price from the catalogue, stock from the shelf, order + tasks + outbox row in one commit. Never waits for the broker.</summary>
public sealed class PlaceOrder(StoreWrites writes, OutboxWriter outbox, OrderNews news, IOptions<ShopOptions> shop, TimeProvider time, ILogger<PlaceOrder> log)
{
    /// <summary>Old keys that one order takes along when it forgets them.</summary>
    internal const int ForgetAtOnce = 200;

    private long _forgetAt;

    /// <summary>Places what a customer asked for. With a <paramref name="key"/>, the same request gives the same order again.</summary>
    public Task<Placing> RunAsync(OrderRequest request, OrderSource source, RequestKey? key, CancellationToken cancellationToken) =>
        RunAsync(request, source, key, [], cancellationToken);

    /// <inheritdoc cref="RunAsync(OrderRequest, OrderSource, RequestKey?, CancellationToken)"/>
    /// <param name="request">What is ordered.</param>
    /// <param name="source">Where it came in.</param>
    /// <param name="key">The client's key, if it gave one.</param>
    /// <param name="found">What the caller found wrong already; the order is refused for it, together with what is found here.</param>
    /// <param name="cancellationToken">Gives up waiting; an order whose commit has begun is placed all the same.</param>
    public Task<Placing> RunAsync(OrderRequest request, OrderSource source, RequestKey? key, IReadOnlyList<Fault> found, CancellationToken cancellationToken)
    {
        var tidy = request.Tidy();
        var fingerprint = key is null ? "" : tidy.Fingerprint();
        List<Fault> faults = [.. found, .. tidy.Faults().Where(f => found.All(other => other.Field != f.Field))];
        if (tidy.IsTooLong)
        {
            // Not worth looking thousands of products up to name them all.
            return Task.FromResult<Placing>(new Placing.Refused(faults));
        }

        return writes.RunForCustomerAsync(async (db, ct) =>
        {
            var (asked, id) = (await AskAsync(db, tidy.Products, ct), await db.AskOrderIdAsync(ct));
            // First, so that a repeat gets its order again even if the catalogue has changed since.
            if (key is not null && faults.Count == 0 && await FindKeyAsync(db, key, fingerprint, ct) is { } earlier)
            {
                return Discard(db, earlier);
            }

            var products = await KnownAsync(asked, ct);
            faults.AddRange(Missing(tidy.Products, products));
            if (faults.Count > 0)
            {
                return Discard(db, new Placing.Refused(faults));
            }

            if (NewPrices(tidy, products) is { Count: > 0 } prices)
            {
                return Discard(db, new Placing.Repriced(prices, await Shelf.TakeAsync(db, tidy.Products, ct)));
            }

            var lines = tidy.Products.Select((p, i) => LineOf(i + 1, p, products[p.ProductId])).ToList();
            var draft = new OrderDraft(OrderNumber.New(), tidy.Customer, lines, lines.Sum(l => l.PriceMinor * l.Quantity), shop.Value.Currency, source) { Language = tidy.Language };
            var order = Write(db, draft, id);
            if (key is not null)
            {
                db.OnSave(save => db.Sql("INSERT INTO used_keys (key, fingerprint, number, used_at) VALUES (@key, @fingerprint, @number, @at)",
                    ("@key", key.ToString()), ("@fingerprint", fingerprint), ("@number", order.Number.Value), ("@at", order.PlacedAt.UtcTicks)).RunAsync(save));
            }

            await db.SaveChangesAsync(ct);
            if (key is not null)
            {
                await ForgetOldKeysAsync(db, order.PlacedAt, ct);
            }

            // Last: where orders are placed side by side, the next one for the same goods waits from here to the commit.
            if (await Shelf.TakeLastAsync(db, tidy.Products, ct) is { Count: > 0 } shortages)
            {
                return Discard(db, new Placing.SoldOut(shortages));
            }

            return new Placing.Accepted(order.Number, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, Repeated: false);
        }, cancellationToken);
    }

    /// <summary>
    /// Adopts another system's order. With products it is priced and takes stock like any other; with only a price it has no lines.
    /// The same <see cref="ForeignOrder.MessageId"/> is adopted once.
    /// </summary>
    public Task<Placing> AdoptAsync(ForeignOrder foreign, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        if (foreign.MessageId is not null && await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.SourceMessageId == foreign.MessageId, ct) is { } earlier)
        {
            return Discard(db, Repeat(earlier));
        }

        var amounts = foreign.Products;
        var (asked, id) = (await AskAsync(db, amounts, ct), await db.AskOrderIdAsync(ct));
        var products = await KnownAsync(asked, ct);
        if (Missing(amounts, products).ToList() is { Count: > 0 } missing)
        {
            return Discard(db, new Placing.Refused(missing));
        }

        var lines = amounts.Select((p, i) => LineOf(i + 1, p, products[p.ProductId])).ToList();
        var price = lines.Count > 0 ? lines.Sum(l => l.PriceMinor * l.Quantity) : foreign.PriceMinor;
        var order = Write(db, new OrderDraft(OrderNumber.New(), foreign.Customer, lines, price, shop.Value.Currency, OrderSource.Queue)
        {
            SourceMessageId = foreign.MessageId,
            SourceReference = foreign.Reference,
        }, id);
        await db.SaveChangesAsync(ct);
        if (await Shelf.TakeLastAsync(db, amounts, ct) is { Count: > 0 } shortages)
        {
            return Discard(db, new Placing.SoldOut(shortages));
        }

        return new Placing.Accepted(order.Number, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, Repeated: false);
    }, log, cancellationToken);

    private Order Write(StoreDb db, OrderDraft draft, Asked<long> id)
    {
        db.AfterCommit(static () => FailPoint.Passed(FailPoint.OrderCommitted));
        var order = Order.Place(draft, time.GetUtcNow());
        OrderRow.Add(db, order, id);
        outbox.Add(db, OrderMessages.Placed(order));
        news.Changed(db, order);
        return order;
    }

    private async Task<Placing?> FindKeyAsync(StoreDb db, RequestKey key, string fingerprint, CancellationToken cancellationToken)
    {
        var text = key.ToString();
        var found = await db.Sql("SELECT fingerprint, number, used_at FROM used_keys WHERE key = @key", ("@key", text)).ListAsync(
            row => new UsedKey { Key = text, Fingerprint = row.Text(0), Number = new(row.Number(1)), UsedAt = row.Time(2) }, cancellationToken);
        if (found is not [var used])
        {
            return null;
        }

        if (used.UsedAt < time.GetUtcNow() - UsedKey.Lifetime)
        {
            await db.UsedKeys.Where(k => k.Key == text).ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        return used.Fingerprint == fingerprint
            ? Repeat(await db.Orders.AsNoTracking().SingleAsync(o => o.Number == used.Number, cancellationToken))
            : new Placing.KeyTaken(used.Number);
    }

    /// <summary>Now and then an order with a key takes old keys along: a few at a time, so that no customer waits for it.</summary>
    private async Task ForgetOldKeysAsync(StoreDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now.UtcTicks < Interlocked.Read(ref _forgetAt))
        {
            return;
        }

        var expired = now - UsedKey.Lifetime;
        var forgotten = await db.UsedKeys.Where(k => k.UsedAt < expired).OrderBy(k => k.UsedAt).Take(ForgetAtOnce).ExecuteDeleteAsync(cancellationToken);
        Interlocked.Exchange(ref _forgetAt, forgotten == ForgetAtOnce ? 0 : now.AddHours(1).UtcTicks);
    }

    private static Placing.Accepted Repeat(Order order) =>
        new(order.Number, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, Repeated: true);

    private static async Task<List<(int Id, Asked<Priced> Product)>> AskAsync(StoreDb db, IReadOnlyList<Amount> amounts, CancellationToken cancellationToken)
    {
        var asked = new List<(int, Asked<Priced>)>();
        foreach (var (id, _) in amounts)
        {
            asked.Add((id, await db.AskAsync("SELECT name, price_minor, archived_at FROM products WHERE id = @id", row => new Priced(row.Text(0), row.Number(1), IsSold: row.IsNull(2)), cancellationToken, ("@id", id))));
        }

        return asked;
    }

    private static async Task<Dictionary<int, Priced>> KnownAsync(List<(int Id, Asked<Priced> Product)> asked, CancellationToken cancellationToken)
    {
        var known = new Dictionary<int, Priced>();
        foreach (var (id, product) in asked)
        {
            if (await product.RowsAsync(cancellationToken) is [var there])
            {
                known[id] = there;
            }
        }

        return known;
    }

    private static IEnumerable<Fault> Missing(IReadOnlyList<Amount> wanted, Dictionary<int, Priced> products) => wanted.Select(p => products.GetValueOrDefault(p.ProductId) switch
    {
        null => new Fault(OrderRequest.ProductsField, $"there is no product {p.ProductId}."),
        { IsSold: false } archived => new Fault(OrderRequest.ProductsField, $"{archived.Name} (product {p.ProductId}) is no longer sold."),
        _ => null,
    }).OfType<Fault>();

    private static List<NewPrice> NewPrices(OrderRequest request, Dictionary<int, Priced> products) =>
        [.. from product in request.Products
            let now = products[product.ProductId]
            where request.SeenPrices.TryGetValue(product.ProductId, out var seen) && seen != now.PriceMinor
            select new NewPrice(product.ProductId, now.Name, request.SeenPrices[product.ProductId], now.PriceMinor)];

    private static OrderLine LineOf(int lineNo, Amount amount, Priced product) =>
        new() { LineNo = lineNo, ProductId = amount.ProductId, Name = product.Name, Quantity = amount.Quantity, PriceMinor = product.PriceMinor };

    private static Placing Discard(StoreDb db, Placing result)
    {
        db.Discard();
        return result;
    }

    private sealed record Priced(string Name, long PriceMinor, bool IsSold);
}
