using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Storefront.Web.Store.Speech;

namespace Storefront.Web.Store;

/// <summary>
/// Customers' pages are sent compressed, also over HTTPS. Not those that hold something personal, nor what answers a form: where a secret stands beside
/// what somebody else may have put into the address, the length of what is compressed could tell of it (BREACH). (The token of a form is another one in each answer.)
/// A personal page that repeats nothing of its address (<see cref="RepeatsNothingAttribute"/>) has nothing to be told by, and is compressed too.
/// </summary>
public static class CompressedPages
{
    public static IServiceCollection AddCompressedPages(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/html"]));
    }

    /// <summary>Comes where the endpoint is known.</summary>
    public static void UseCompressedPages(this WebApplication app) => app.UseWhen(IsForEverybody, pages => pages.UseResponseCompression());

    private static bool IsForEverybody(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && CustomersLanguage.IsForCustomers(context)
        && context.GetEndpoint()!.Metadata is var page && (page.GetMetadata<PersonalPageAttribute>() is null || page.GetMetadata<RepeatsNothingAttribute>() is not null)
        && !context.Request.Path.StartsWithSegments("/checkout", StringComparison.OrdinalIgnoreCase);
}
