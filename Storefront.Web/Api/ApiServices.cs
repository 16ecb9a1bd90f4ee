using System.Text.Json.Serialization;
using Storefront.Data;
using Storefront.Orders;
using Storefront.Web.Api.Health;

namespace Storefront.Web.Api;

/// <summary>The shop's HTTP interface for programs.</summary>
public static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddShopOptions<RateLimitOptions>(RateLimitOptions.Section);
        services.AddSingleton<OrderPace>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ApiErrors.Explain);
        services.ConfigureHttpJsonOptions(json =>
        {
            OrderJson.Configure(json.SerializerOptions);
            // Otherwise the document would say of every number that it may be a text.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.AddShopHealth();
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOrders();
        app.MapProducts();
        app.MapHealth();
        app.MapOpenApi();
    }
}
