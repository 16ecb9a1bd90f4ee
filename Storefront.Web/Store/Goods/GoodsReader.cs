using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;
using Storefront.Data;

namespace Storefront.Web.Store.Goods;

/// <summary>Reads the goods for one page view; what several parts of the page ask for is read once.</summary>
public sealed class GoodsReader(IDbContextFactory<StoreDb> contexts)
{
    private Task<IReadOnlyList<Category>>? _categories;

    /// <summary>The categories in the order of the menu.</summary>
    public Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancellationToken) => _categories ??= ReadCategoriesAsync(cancellationToken);

    /// <summary>The product of that name in addresses; null when there is none.</summary>
    public async Task<Product?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken);
    }

    /// <summary>Those of the given products that exist, by id.</summary>
    public async Task<IReadOnlyDictionary<int, Product>> ByIdAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<int, Product>();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
    }

    /// <summary>All goods, or a category's, in the catalogue's order.</summary>
    public async Task<IReadOnlyList<Product>> ListAsync(string? categoryId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Products.AsNoTracking()
            .Where(p => categoryId == null || p.CategoryId == categoryId)
            .OrderBy(p => p.Id).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Category>> ReadCategoriesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Categories.AsNoTracking().OrderBy(c => c.Position).ToListAsync(cancellationToken);
    }
}
