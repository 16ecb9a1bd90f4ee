using Storefront.Auditing;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>A movement that the staff wants.</summary>
/// <param name="ProductId">Of what.</param>
/// <param name="Kind">Any but the opening.</param>
/// <param name="Pieces">How many came in, or are written off; of a count, how many are there.</param>
/// <param name="Note">The delivery, the reason, who counted.</param>
public sealed record StockOrder(int ProductId, MovementKind Kind, int Pieces, string Note)
{
    public const int MaxNote = 200;

    /// <summary>Most pieces that one movement brings or takes.</summary>
    public const int MaxPieces = 1_000_000;

    /// <summary>Everything that is wrong with it, by field.</summary>
    public IEnumerable<Fault> Faults()
    {
        var least = Kind == MovementKind.Count ? 0 : 1;
        if (Pieces < least || Pieces > MaxPieces)
        {
            yield return new(nameof(Pieces), $"must be a whole number from {least} to {MaxPieces:N0}.");
        }

        foreach (var fault in Texts.Faults(nameof(Note), Note.Trim(), MaxNote, required: true))
        {
            yield return fault;
        }
    }
}

/// <summary>How a movement ended.</summary>
public abstract record Moving
{
    /// <summary>It is done: so many pieces came (or went), and so many lie there now.</summary>
    public sealed record Moved(int Pieces, int Stock) : Moving;

    /// <summary>Not possible; nothing has changed.</summary>
    public sealed record Refused(IReadOnlyList<Fault> Faults) : Moving;

    /// <summary>There is no such product.</summary>
    public sealed record Unknown : Moving;
}

/// <summary>Where the staff brings goods in, counts them and writes them off: stock, ledger and audit log in one commit. Selling goes on meanwhile, and nobody's edit is overtaken.</summary>
public sealed class StockDesk(StoreWrites writes, AuditLog audit, GoodsNews news, TimeProvider time)
{
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing has changed.</exception>
    public Task<Moving> MoveAsync(StockOrder order, string who, CancellationToken cancellationToken) => writes.RunAsync<Moving>(async (db, ct) =>
    {
        if (order.Faults().ToList() is { Count: > 0 } faults)
        {
            return Discard(db, new Moving.Refused(faults));
        }

        if (await Shelf.HoldAsync(db, order.ProductId, ct) is not { } before)
        {
            return Discard(db, new Moving.Unknown());
        }

        var (pieces, action) = order.Kind switch
        {
            MovementKind.Receipt => (order.Pieces, "stock.receipt"),
            MovementKind.Count => (order.Pieces - before, "stock.count"),
            MovementKind.WriteOff => (-order.Pieces, "stock.write-off"),
            _ => throw new ArgumentException($"{order.Kind} is not for the staff.", nameof(order)),
        };
        if (await Shelf.MoveAsync(db, order.ProductId, pieces, ct) is not { } after)
        {
            return Discard(db, new Moving.Refused([new(nameof(StockOrder.Pieces), pieces < 0
                ? $"must be at most {before:N0}: so many are there."
                : $"must be at most {Shelf.Most - before:N0}: then the shelf is full.")]));
        }

        db.StockMovements.Add(new StockMovement
        {
            ProductId = order.ProductId, At = time.GetUtcNow(), Kind = order.Kind, Pieces = pieces, StockAfter = after, Who = who, Note = order.Note.Trim(),
        });
        audit.Add(db, who, action, $"product {order.ProductId}", $"{before} → {after} pieces: {order.Note.Trim()}");
        db.AfterCommit(() => news.Publish(order.ProductId));
        await db.SaveChangesAsync(ct);
        return new Moving.Moved(pieces, after);
    }, cancellationToken);

    private static Moving Discard(StoreDb db, Moving ended)
    {
        db.Discard();
        return ended;
    }
}
