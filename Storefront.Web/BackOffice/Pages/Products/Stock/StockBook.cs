using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Orders;

namespace Storefront.Web.BackOffice.Pages.Products.Stock;

/// <summary>Some lines of the ledger, the newest first.</summary>
public sealed record LedgerPage(IReadOnlyList<StockMovement> Rows, bool HasOlder);

/// <summary>What an order took, or took and brought back.</summary>
public sealed record Sale(OrderNumber Number, DateTimeOffset PlacedAt, int Pieces, bool IsCancelled);

/// <summary>A product's books: what came, what went, and whether that is what lies there.</summary>
/// <param name="Opening">What lay there when the ledger began.</param>
/// <param name="Received">Receipts.</param>
/// <param name="Counted">What counting found too much (positive) or too little.</param>
/// <param name="WrittenOff">As a negative number.</param>
/// <param name="Sold">Pieces in all orders since the shop opened.</param>
/// <param name="Returned">Those of them that came back with cancelled orders.</param>
/// <param name="Stock">What the shelf has.</param>
public sealed record Books(long Opening, long Received, long Counted, long WrittenOff, long Sold, long Returned, long Stock)
{
    public long Expected => Opening + Received + Counted + WrittenOff - Sold + Returned;

    public bool AddUp => Expected == Stock;
}

/// <summary>
/// Reads the stock ledger. What the staff moved is in a table of its own; what orders took is in their lines, which have no index by product, since every order
/// would pay for it. So what was sold lately is looked for in the newest orders, and all of it is added up only when somebody asks.
/// </summary>
public sealed class StockBook(IDbContextFactory<StoreDb> contexts)
{
    public const int PageSize = 10;

    /// <summary>In so many of the newest orders sales are looked for.</summary>
    public const int LatelyOrders = 2000;

    private const int MostSales = 10;

    /// <summary>The newest movements, or those older than one.</summary>
    public async Task<LedgerPage> ReadAsync(int productId, long? before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var movements = db.StockMovements.AsNoTracking().Where(m => m.ProductId == productId);
        movements = before is { } id ? movements.Where(m => m.Id < id) : movements;
        var rows = await movements.OrderByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>The newest orders that have it, of the newest <see cref="LatelyOrders"/> of all.</summary>
    public async Task<IReadOnlyList<Sale>> SalesAsync(int productId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = (await db.Orders.MaxAsync(o => (long?)o.Id, cancellationToken) ?? 0) - LatelyOrders;
        var lines = await db.Set<OrderLine>().Where(l => EF.Property<long>(l, "OrderId") > since && l.ProductId == productId)
            .OrderByDescending(l => EF.Property<long>(l, "OrderId")).ThenByDescending(l => l.LineNo).Take(MostSales)
            .Select(l => new { Order = EF.Property<long>(l, "OrderId"), l.Quantity }).ToListAsync(cancellationToken);
        var ids = lines.Select(l => l.Order).Distinct().ToList();
        var orders = await db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Number, o.PlacedAt, o.Status }).ToDictionaryAsync(o => o.Id, cancellationToken);
        return [.. lines.Where(l => orders.ContainsKey(l.Order)).Select(l => new Sale(orders[l.Order].Number, orders[l.Order].PlacedAt, l.Quantity, orders[l.Order].Status == OrderStatus.Cancelled))];
    }

    /// <summary>Adds everything up, from one state of the database. Reads every line of every order.</summary>
    public async Task<Books?> AddUpAsync(int productId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        if (await db.Products.Where(p => p.Id == productId).Select(p => (int?)p.Stock).SingleOrDefaultAsync(cancellationToken) is not { } stock)
        {
            return null;
        }

        var moved = await db.Database.SqlQuery<MovedPieces>(
            $"""
            select coalesce(sum(case when kind = 'opening' then pieces else 0 end), 0) as opening, coalesce(sum(case when kind = 'receipt' then pieces else 0 end), 0) as received,
                coalesce(sum(case when kind = 'count' then pieces else 0 end), 0) as counted, coalesce(sum(case when kind = 'writeoff' then pieces else 0 end), 0) as written_off
            from stock_movements where product_id = {productId}
            """).SingleAsync(cancellationToken);
        var sold = await db.Database.SqlQuery<SoldPieces>(
            $"""
            select coalesce(sum(l.quantity), 0) as sold, coalesce(sum(case when o.status = 'cancelled' then l.quantity else 0 end), 0) as returned
            from order_lines l join orders o on o.id = l.order_id where l.product_id = {productId}
            """).SingleAsync(cancellationToken);
        return new(moved.Opening, moved.Received, moved.Counted, moved.WrittenOff, sold.Sold, sold.Returned, stock);
    }

    private sealed record MovedPieces(long Opening, long Received, long Counted, long WrittenOff);

    private sealed record SoldPieces(long Sold, long Returned);
}
