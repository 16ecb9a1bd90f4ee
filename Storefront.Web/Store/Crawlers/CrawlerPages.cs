using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Storefront.Web.Store.Goods;

namespace Storefront.Web.Store.Crawlers;

/// <summary>What search engines ask for before they look around: where to go, and where not.</summary>
public static class CrawlerPages
{
    private const string SitemapPath = "/sitemap.xml";

    /// <summary>Nobody's business but the customer's and the staff's, or nothing to find.</summary>
    private static readonly string[] Closed = ["/backoffice", "/signin", "/invitation", "/cart", "/checkout", "/track", "/order", "/account", "/error", "/not-found"];

    /// <summary>Crawlers come back in hours; goods come and go in days.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    public static void MapCrawlerPages(this IEndpointRouteBuilder app)
    {
        app.MapMethods(SitemapPath, [HttpMethods.Get, HttpMethods.Head], MapAsync).ExcludeFromDescription();
        app.MapMethods("/robots.txt", [HttpMethods.Get, HttpMethods.Head], Rules).ExcludeFromDescription();
    }

    private static async Task<ContentHttpResult> MapAsync(HttpContext context, AssortmentReader goods)
    {
        var map = Sitemap.Of(AddressOf(context.Request), await goods.NowAsync(context.RequestAborted));
        MayKeep(context.Response);
        return TypedResults.Content($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{map}", "application/xml", Encoding.UTF8);
    }

    private static ContentHttpResult Rules(HttpContext context)
    {
        MayKeep(context.Response);
        var closed = string.Concat(Closed.Select(path => $"Disallow: {path}\n"));
        return TypedResults.Content($"User-agent: *\n{closed}\nSitemap: {AddressOf(context.Request)}{SitemapPath}\n", "text/plain", Encoding.UTF8);
    }

    /// <summary>The shop as the visitor called it.</summary>
    private static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    private static void MayKeep(HttpResponse response) => response.GetTypedHeaders().CacheControl = new() { Public = true, MaxAge = Keep };
}
