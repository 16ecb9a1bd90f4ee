using MudBlazor.Services;
using Storefront.Departments.Warehouse;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Statistics;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice;

public static class BackOfficeServices
{
    /// <summary>The staff's pages and what keeps them current.</summary>
    public static IServiceCollection AddBackOffice(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<OfficeCounts>().AddSingleton<OrderList>().AddSingleton<StaffOrders>();
        services.AddScoped<StaffActs>().AddSingleton<OrderCsv>().AddSingleton<PickLists>();
        services.AddSingleton<StatisticsBook>();
        services.AddSingleton<OfficeFeed>().AddHostedService(provider => provider.GetRequiredService<OfficeFeed>());
        return services;
    }
}
