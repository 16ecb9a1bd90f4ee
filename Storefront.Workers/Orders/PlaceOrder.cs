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

    /// <summary>The idempotency key belongs to another request; nothing is stored.</summary>
    public sealed record KeyTaken(OrderNumber Number) : Placing;
}

/// <summary>An idempotency key and where it came in (<c>api</c>, <c>shop</c>).</summary>
public sealed record RequestKey(string Scope, string Key)
{
    public override string ToString() => $"{Scope}:{Key}";
}

/// <summary>Places orders: price from the catalogue, stock from the shelf, order + tasks + outbox row in one commit. Never waits for the broker.</summary>
public sealed class PlaceOrder(StoreWrites writes, OutboxWriter outbox, OrderNews news, IOptions<ShopOptions> shop, TimeProvider time, ILogger<PlaceOrder> log)
{
    /// <summary>Places what a customer asked for. With a <paramref name="key"/>, the same request gives the same order again.</summary>
    public Task<Placing> RunAsync(OrderRequest request, OrderSource source, RequestKey? key, CancellationToken cancellationToken)
    {
        var tidy = request.Tidy();
        var faults = tidy.Faults().ToList();
        return writes.RunAsync(async (db, ct) =>
        {
            var products = await KnownAsync(db, tidy.Products, ct);
            faults.AddRange(tidy.Products.Where(p => !products.ContainsKey(p.ProductId)).Select(p => new Fault("products_ids", $"there is no product {p.ProductId}.")));
            if (faults.Count > 0)
            {
                return Discard(db, new Placing.Refused(faults));
            }

            if (key is not null && await FindKeyAsync(db, key, tidy.Fingerprint(), ct) is { } earlier)
            {
                return Discard(db, earlier);
            }

            if (await Shelf.TakeAsync(db, tidy.Products, ct) is { Count: > 0 } shortages)
            {
                return Discard(db, new Placing.SoldOut(shortages));
            }

            var lines = tidy.Products.Select((p, i) => LineOf(i + 1, products[p.ProductId], p.Quantity)).ToList();
            var draft = new OrderDraft(OrderNumber.New(), tidy.Customer, lines, lines.Sum(l => l.PriceMinor * l.Quantity), shop.Value.Currency, source);
            var order = Write(db, draft);
            if (key is not null)
            {
                db.UsedKeys.Add(new UsedKey { Key = key.ToString(), Fingerprint = tidy.Fingerprint(), Number = order.Number, UsedAt = order.PlacedAt });
            }

            await db.SaveChangesAsync(ct);
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
        var products = await KnownAsync(db, amounts, ct);
        if (amounts.Where(p => !products.ContainsKey(p.ProductId)).Select(p => new Fault("products_ids", $"there is no product {p.ProductId}.")).ToList() is { Count: > 0 } unknown)
        {
            return Discard(db, new Placing.Refused(unknown));
        }

        if (await Shelf.TakeAsync(db, amounts, ct) is { Count: > 0 } shortages)
        {
            return Discard(db, new Placing.SoldOut(shortages));
        }

        var lines = amounts.Select((p, i) => LineOf(i + 1, products[p.ProductId], p.Quantity)).ToList();
        var price = lines.Count > 0 ? lines.Sum(l => l.PriceMinor * l.Quantity) : foreign.PriceMinor;
        var order = Write(db, new OrderDraft(OrderNumber.New(), foreign.Customer, lines, price, shop.Value.Currency, OrderSource.Queue)
        {
            SourceMessageId = foreign.MessageId,
            SourceReference = foreign.Reference,
        });
        await db.SaveChangesAsync(ct);
        return new Placing.Accepted(order.Number, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, Repeated: false);
    }, log, cancellationToken);

    private Order Write(StoreDb db, OrderDraft draft)
    {
        var order = Order.Place(draft, time.GetUtcNow());
        db.Orders.Add(order);
        outbox.Add(db, OrderMessages.Placed(order));
        news.Changed(db, order);
        return order;
    }

    private async Task<Placing?> FindKeyAsync(StoreDb db, RequestKey key, string fingerprint, CancellationToken cancellationToken)
    {
        var text = key.ToString();
        var used = await db.UsedKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Key == text, cancellationToken);
        if (used is null)
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

    private static Placing.Accepted Repeat(Order order) =>
        new(order.Number, order.Status, order.PriceMinor, order.Currency, order.PlacedAt, Repeated: true);

    private static async Task<Dictionary<int, Product>> KnownAsync(StoreDb db, IReadOnlyList<Amount> amounts, CancellationToken cancellationToken)
    {
        var ids = amounts.Select(a => a.ProductId).ToArray();
        return await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
    }

    private static OrderLine LineOf(int lineNo, Product product, int quantity) =>
        new() { LineNo = lineNo, ProductId = product.Id, Name = product.Name, Quantity = quantity, PriceMinor = product.PriceMinor };

    private static Placing Discard(StoreDb db, Placing result)
    {
        db.Discard();
        return result;
    }
}
