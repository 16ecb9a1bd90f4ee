using Storefront.Orders;

namespace Storefront.Web.Live;

public static class LiveServices
{
    /// <summary>Order news for pages and for outside clients.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<OrderFollower>().AddHostedService(provider => provider.GetRequiredService<OrderFollower>());
        services.AddSignalR().AddJsonProtocol(json => OrderJson.Configure(json.PayloadSerializerOptions));
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapHub<OrdersHub>("/hubs/orders");
}
