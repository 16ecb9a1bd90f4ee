using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Catalog;

/// <summary>A product and how many of it.</summary>
public sealed record Amount(int ProductId, int Quantity);

/// <summary>A product of which there are not enough, and how many are left.</summary>
public sealed record Shortage(int ProductId, string Name, int Wanted, int Left);

/// <summary>The one place that changes stock. Rows are taken in product order, so two orders cannot wait for each other.</summary>
public static class Shelf
{
    /// <summary>More of one product than any shelf has; far from what a number holds.</summary>
    public const int Most = 1_000_000_000;

    /// <summary>Takes everything or reports every shortage; after a shortage the caller rolls back.</summary>
    public static async Task<IReadOnlyList<Shortage>> TakeAsync(StoreDb db, IEnumerable<Amount> amounts, CancellationToken cancellationToken)
    {
        var shortages = new List<Shortage>();
        var wanted = amounts.OrderBy(a => a.ProductId).ToList();
        var taken = await db.RunEachAsync("UPDATE products SET stock = stock - @quantity WHERE id = @id AND stock >= @quantity",
            wanted.ConvertAll(a => new (string, object?)[] { ("@quantity", a.Quantity), ("@id", a.ProductId) }), cancellationToken);
        for (var i = 0; i < wanted.Count; i++)
        {
            if (taken[i] == 0)
            {
                var (id, quantity) = wanted[i];
                var left = await db.Products.Where(p => p.Id == id).Select(p => new { p.Name, p.Stock }).SingleAsync(cancellationToken);
                shortages.Add(new Shortage(id, left.Name, quantity, left.Stock));
            }
        }

        return shortages;
    }

    /// <summary>
    /// The same as the last act of a unit of work. Where that <see cref="StoreDb.LeavesItToTheRules"/>, nothing is known of shortages yet: the rule that
    /// no shelf owes anything finds them, and the unit runs again.
    /// </summary>
    public static async Task<IReadOnlyList<Shortage>> TakeLastAsync(StoreDb db, IEnumerable<Amount> amounts, CancellationToken cancellationToken)
    {
        if (!db.LeavesItToTheRules)
        {
            return await TakeAsync(db, amounts, cancellationToken);
        }

        foreach (var (id, quantity) in amounts.OrderBy(a => a.ProductId))
        {
            await db.SendAsync("UPDATE products SET stock = stock - @quantity WHERE id = @id", cancellationToken, ("@quantity", quantity), ("@id", id));
        }

        return [];
    }

    /// <summary>Puts goods back.</summary>
    public static async Task ReturnAsync(StoreDb db, IEnumerable<Amount> amounts, CancellationToken cancellationToken)
    {
        foreach (var (id, quantity) in amounts.OrderBy(a => a.ProductId))
        {
            await db.Products.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, p => p.Stock + quantity), cancellationToken);
        }
    }

    /// <summary>Brings goods in (positive) or takes them away (negative) for the staff, and gives what lies there then; null when that would be less than none or more than <see cref="Most"/>.</summary>
    public static async Task<int?> MoveAsync(StoreDb db, int productId, int pieces, CancellationToken cancellationToken) =>
        (await db.Sql("UPDATE products SET stock = stock + @pieces WHERE id = @id AND stock + @pieces BETWEEN 0 AND @most RETURNING stock", ("@pieces", pieces), ("@id", productId), ("@most", Most))
            .ListAsync(row => (int)row.Number(0), cancellationToken)) is [var left] ? left : null;

    /// <summary>How many lie there, which no order changes before this unit of work has ended; null when there is no such product.</summary>
    public static async Task<int?> HoldAsync(StoreDb db, int productId, CancellationToken cancellationToken) =>
        (await db.Sql("UPDATE products SET stock = stock WHERE id = @id RETURNING stock", ("@id", productId)).ListAsync(row => (int)row.Number(0), cancellationToken)) is [var left] ? left : null;
}
