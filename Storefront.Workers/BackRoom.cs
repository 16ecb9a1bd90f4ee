using Microsoft.Extensions.DependencyInjection;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Messaging.Outbox;
using Storefront.Orders;

namespace Storefront;

/// <summary>Everything behind the counter, composed on one screen.</summary>
public static class BackRoom
{
    /// <summary>What every process of the shop needs: data, goods, orders, outbox.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddShopOptions<ShopOptions>(ShopOptions.Section).AddShopOptions<CatalogOptions>(CatalogOptions.Section);
        services.AddStoreData();
        services.AddSingleton<OpeningStock>().AddSingleton<StoreStart>();
        services.AddSingleton<OutboxBell>().AddSingleton<OutboxWriter>();
        services.AddSingleton<OrderNews>().AddSingleton<OrderReader>().AddSingleton<PlaceOrder>();
        return services;
    }
}
