using MudBlazor.Services;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice;

public static class BackOfficeServices
{
    /// <summary>The staff's pages and what keeps them current.</summary>
    public static IServiceCollection AddBackOffice(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<OfficeCounts>();
        services.AddSingleton<OfficeFeed>().AddHostedService(provider => provider.GetRequiredService<OfficeFeed>());
        return services;
    }
}
