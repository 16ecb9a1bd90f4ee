using MudBlazor.Services;
using Storefront.Simulation;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.Audit;
using Storefront.Web.BackOffice.Pages.DeadLetters;
using Storefront.Web.BackOffice.Pages.Marketing;
using Storefront.Web.BackOffice.Pages.Orders.Detail;
using Storefront.Web.BackOffice.Pages.Orders;
using Storefront.Web.BackOffice.Pages.Products.Pictures;
using Storefront.Web.BackOffice.Pages.Products.Stock;
using Storefront.Web.BackOffice.Pages.Products;
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
        services.AddScoped<StaffActs>().AddSingleton<OrderCsv>();
        services.AddSingleton<SalesBook>().AddSingleton<PrintJobs>().AddSingleton<WaitingLists>().AddSingleton<ParcelReader>().AddSingleton<LetterOutcomes>();
        services.AddSingleton<ProductShelf>().AddSingleton<StockBook>().AddSingleton<PictureStudio>();
        services.AddSingleton<Backlog>().AddSimulation();
        services.AddSingleton<OfficeFeed>().AddHostedService(provider => provider.GetRequiredService<OfficeFeed>());
        services.AddSingleton<AuditList>();
        return services;
    }

    /// <summary>What is loaded from pages rather than shown in them.</summary>
    public static void MapBackOffice(this IEndpointRouteBuilder app)
    {
        app.MapAuditFile();
        app.MapOrderFiles();
        SalesCsv.Map(app);
        PickListFiles.Map(app);
    }
}
