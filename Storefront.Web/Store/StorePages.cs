using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store;

public static class StorePages
{
    /// <summary>What the customers' pages need: the goods to show and the basket in the visitor's cookie.</summary>
    public static IServiceCollection AddStorePages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<BasketCookie>().AddScoped<GoodsReader>();
        return services;
    }

    /// <summary>Pages that help: what went wrong, in the shop's own words. Answers that have a body keep it.</summary>
    public static void UseStoreHelp(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        }

        app.UseStatusCodePagesWithReExecute("/error", createScopeForStatusCodePages: true);
    }

    /// <summary>The plain form posts beside the pages.</summary>
    public static void MapStoreForms(this IEndpointRouteBuilder app) => app.MapBasketForms();
}
