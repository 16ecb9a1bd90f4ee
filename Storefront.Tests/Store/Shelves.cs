using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Web.Store.Goods;

namespace Storefront.Tests.Store;

/// <summary>What happens to the goods while somebody looks at them.</summary>
internal static class Shelves
{
    /// <summary>From now on one costs so much; every page knows it.</summary>
    public static async Task RepriceAsync(this TestShop shop, int product, long minor)
    {
        await shop.RepriceUnseenAsync(product, minor);
        shop.Services.GetRequiredService<AssortmentReader>().Forget();
    }

    /// <summary>The same, and the pages do not know it yet: they may show goods as they were some seconds ago.</summary>
    public static Task RepriceUnseenAsync(this TestShop shop, int product, long minor) =>
        shop.ChangeAsync(product, products => products.ExecuteUpdateAsync(set => set.SetProperty(p => p.PriceMinor, minor), TestContext.Current.CancellationToken));

    /// <summary>From now on there are so many; every page knows it.</summary>
    public static async Task LeaveAsync(this TestShop shop, int product, int pieces)
    {
        await shop.LeaveUnseenAsync(product, pieces);
        shop.Services.GetRequiredService<AssortmentReader>().Forget();
    }

    /// <summary>The same, and the pages do not know it yet.</summary>
    public static Task LeaveUnseenAsync(this TestShop shop, int product, int pieces) =>
        shop.ChangeAsync(product, products => products.ExecuteUpdateAsync(set => set.SetProperty(p => p.Stock, pieces), TestContext.Current.CancellationToken));

    public static async Task<int> OrdersAsync(this TestShop shop)
    {
        await using var db = shop.OpenDatabase();
        return await db.Orders.CountAsync(TestContext.Current.CancellationToken);
    }

    private static Task<int> ChangeAsync(this TestShop shop, int product, Func<IQueryable<Product>, Task<int>> change) =>
        shop.Services.GetRequiredService<StoreWrites>().RunAsync((db, _) => change(db.Products.Where(p => p.Id == product)), TestContext.Current.CancellationToken);
}
