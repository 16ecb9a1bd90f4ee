using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Web.Store.Accounts;
using Storefront.Web.Store.Accounts.Passkeys;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Checkout;
using Storefront.Web.Store.Goods;
using Storefront.Web.Store.Home.Workshop;
using Storefront.Web.Store.MyOrders;
using Storefront.Web.Store.Speech;
using Storefront.Web.Store.Tracking;

namespace Storefront.Web.Store;

public static class StorePages
{
    /// <summary>What the customers' pages need: the goods to show, and the basket and the orders in the visitor's cookies.</summary>
    public static IServiceCollection AddStorePages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddCustomersLanguage();
        services.AddCompressedPages();
        services.AddSingleton<AssortmentReader>().AddSingleton<WorkshopReader>().AddScoped<BasketCookie>().AddScoped<TypedCheckout>().AddScoped<OwnOrders>().AddSingleton<LookupPace>();
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
        app.Use(ReadHelpAsync);
    }

    /// <summary>The plain form posts beside the pages.</summary>
    public static void MapStoreForms(this IEndpointRouteBuilder app)
    {
        app.MapBasketForms();
        app.MapCancelForm();
        app.MapReorderForm();
        app.MapForgetForm();
        app.MapCustomerSignOut();
        app.MapAccountCopy();
        app.MapPasskeyOffers();
        app.MapLanguageSwitch();
    }

    /// <summary>Parts of pages that a script asks for again.</summary>
    public static void MapStoreParts(this IEndpointRouteBuilder app) => app.MapGet(WorkshopStrip.Address, (HttpResponse response) =>
    {
        response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<WorkshopStrip>();
    }).WithMetadata(new ForCustomersAttribute()).ExcludeFromDescription();

    /// <summary>Help is read, also where it stands in for a post: the form would fail once more for whatever was wrong with it.</summary>
    private static async Task ReadHelpAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
            await WarmUpAsync(context);
        }

        await next(context);
        context.Request.Method = method;
    }

    /// <summary>A page that stands in for another is sent as it is after its first render, and does not wait for what it reads: the goods have to be at hand.</summary>
    private static async Task WarmUpAsync(HttpContext context)
    {
        try
        {
            await context.RequestServices.GetRequiredService<AssortmentReader>().NowAsync(context.RequestAborted);
        }
        catch (DbException)
        {
            // Then the page does without them.
        }
    }
}
