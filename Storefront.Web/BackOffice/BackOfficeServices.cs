using MudBlazor.Services;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Audit;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Staff;
using Storefront.Web.BackOffice.Pages.Statistics;

namespace Storefront.Web.BackOffice;

public static class BackOfficeServices
{
    /// <summary>The staff's pages and what keeps them current.</summary>
    public static IServiceCollection AddBackOffice(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<OfficeCounts>().AddSingleton<OrderList>().AddSingleton<StaffOrders>();
        services.AddSingleton<StatisticsBook>();
        services.AddSingleton<OfficeFeed>().AddHostedService(provider => provider.GetRequiredService<OfficeFeed>());
        services.AddSingleton<AuditList>().AddScoped<StaffActs>();
        return services;
    }

    /// <summary>What is loaded from pages rather than shown in them.</summary>
    public static void MapBackOffice(this IEndpointRouteBuilder app) => app.MapAuditFile();
}
