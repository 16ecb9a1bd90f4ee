using MudBlazor.Services;
using Storefront.Simulation;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.DeadLetters;
using Storefront.Web.BackOffice.Pages.Marketing;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Products;
using Storefront.Web.BackOffice.Pages.Products.Pictures;
using Storefront.Web.BackOffice.Pages.Products.Stock;
using Storefront.Web.BackOffice.Pages.Queues;
using Storefront.Web.BackOffice.Pages.Warehouse;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice;

public static class BackOfficeServices
{
    /// <summary>The staff's pages and what keeps them current.</summary>
    public static IServiceCollection AddBackOffice(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<OfficeCounts>().AddSingleton<OrderList>().AddSingleton<StaffOrders>();
        services.AddSingleton<SalesBook>().AddSingleton<PrintJobs>().AddSingleton<WaitingLists>().AddSingleton<ParcelReader>().AddSingleton<LetterOutcomes>();
        services.AddSingleton<ProductShelf>().AddSingleton<StockBook>().AddSingleton<PictureStudio>();
        services.AddSingleton<Backlog>().AddSimulation().AddScoped<StaffAction>();
        services.AddSingleton<OfficeFeed>().AddHostedService(provider => provider.GetRequiredService<OfficeFeed>());
        return services;
    }

    /// <summary>What the staff may download.</summary>
    public static void MapBackOffice(this IEndpointRouteBuilder app)
    {
        SalesCsv.Map(app);
        PickListFiles.Map(app);
    }
}
