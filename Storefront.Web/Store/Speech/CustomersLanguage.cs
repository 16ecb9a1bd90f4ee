using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;
using Storefront.Languages;

namespace Storefront.Web.Store.Speech;

/// <summary>
/// The customers' pages speak the language that the address names (<c>?lang=de</c>, for search engines), else the one that was chosen at the foot of
/// a page (ASP.NET Core's culture cookie), else the browser's first that the shop knows, else English. Only texts follow it: <see cref="CultureInfo.CurrentCulture"/>
/// stays invariant, so that no number in a form, an address or a style is ever written in a visitor's way.
/// </summary>
public static class CustomersLanguage
{
    /// <summary>Names the language in an address.</summary>
    public const string Parameter = "lang";

    /// <summary>Where the choice is posted to.</summary>
    public const string SwitchAddress = "/language";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static IServiceCollection AddCustomersLanguage(this IServiceCollection services)
    {
        services.AddScoped(_ => new Words(Language.Current));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, Language.English.Culture);
            options.SupportedCultures = [CultureInfo.InvariantCulture];
            options.SupportedUICultures = [.. Language.All.Select(l => l.Culture)];
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = Parameter, UIQueryStringKey = Parameter, Options = options },
                new CookieRequestCultureProvider { Options = options },
                // ASP.NET Core's own finds a country's variety (de-AT) only where the system knows cultures.
                new CustomRequestCultureProvider(context => Task.FromResult(OfBrowser(context.Request))),
            ];
        });
        return services;
    }

    /// <summary>Comes where the endpoint is known: other answers than the customers' pages are English whatever the browser says.</summary>
    public static void UseCustomersLanguage(this WebApplication app) => app.UseWhen(context => IsForCustomers(context), pages =>
    {
        pages.Use(Vary);
        pages.UseRequestLocalization();
    });

    /// <summary>The post that chooses a language for this browser and returns to the page it was done on.</summary>
    public static void MapLanguageSwitch(this IEndpointRouteBuilder app) => app.MapPost(SwitchAddress, Choose)
        // The worst that another site could do with it is to greet somebody in Icelandic.
        .DisableAntiforgery().ExcludeFromDescription();

    /// <summary>Whether the page that is being made is one for customers.</summary>
    public static bool IsForCustomers(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ForCustomersAttribute>() is not null;

    private static ProviderCultureResult? OfBrowser(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1).Select(l => Language.Find(l.Value.Value)).OfType<Language>().FirstOrDefault() is { } spoken
        ? new ProviderCultureResult(spoken.Code) : null;

    private static SeeOther Choose([FromForm] string? language, [FromForm] string? back, HttpContext context)
    {
        // A language that the shop does not speak changes nothing.
        if (Language.Find(language) is { } chosen)
        {
            context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen.Culture)), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
                MaxAge = Lifetime,
            });
        }

        return new SeeOther(WithoutLanguage(OwnPage.Or(back, "/")));
    }

    /// <summary>An address that names a language is stronger than the choice, which would then seem to change nothing.</summary>
    private static string WithoutLanguage(string address) => address.Split('?', 2) is [var path, var query]
        && string.Join('&', query.Split('&').Where(p => p.Split('=')[0] != Parameter)) is { Length: > 0 } rest ? $"{path}?{rest}" : address.Split('?')[0];

    private static Task Vary(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.Append(HeaderNames.Vary, $"{HeaderNames.Cookie}, {HeaderNames.AcceptLanguage}");
        return next(context);
    }
}
