using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Data;

namespace Storefront.Web.BackOffice.Pages.Products;

/// <summary>All goods as they are now, with those that are archived.</summary>
public sealed record AllGoods(IReadOnlyList<Category> Categories, IReadOnlyList<Product> Products)
{
    /// <summary>What a category is called; its id where it has gone.</summary>
    public string NameOf(string category) => Categories.FirstOrDefault(c => c.Id == category)?.Name ?? category;
}

/// <summary>One of the goods with what it cost over time, the newest price first.</summary>
public sealed record StaffProduct(Product Product, IReadOnlyList<Category> Categories, IReadOnlyList<PriceChange> Prices);

/// <summary>Reads goods for the staff.</summary>
public sealed class ProductShelf(IDbContextFactory<StoreDb> contexts)
{
    /// <summary>Prices that a page shows.</summary>
    private const int MostPrices = 50;

    public async Task<AllGoods> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new(await CategoriesAsync(db, cancellationToken), await db.Products.AsNoTracking().ToListAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CategoriesAsync(db, cancellationToken);
    }

    /// <summary>The product as it is now; null when there is none.</summary>
    public async Task<StaffProduct?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var reading = await db.BeginReadAsync(cancellationToken);
        return await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is { } product
            ? new(product, await CategoriesAsync(db, cancellationToken),
                await db.ProductPrices.AsNoTracking().Where(p => p.ProductId == id).OrderByDescending(p => p.Id).Take(MostPrices).ToListAsync(cancellationToken))
            : null;
    }

    private static Task<List<Category>> CategoriesAsync(StoreDb db, CancellationToken cancellationToken) =>
        db.Categories.AsNoTracking().OrderBy(c => c.Position).ToListAsync(cancellationToken);
}
