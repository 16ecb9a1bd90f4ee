using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Storefront.Web.Store.Speech;

namespace Storefront.Web.Store;

/// <summary>
/// Customers' pages are sent compressed, also over HTTPS. Not those that hold something personal, nor what answers a form: where a secret stands beside
/// what somebody else may have put into the address, the length of what is compressed could tell of it (BREACH). (The token of a form is another one in each answer.)
/// A personal page of which everybody would get the same says so (<see cref="IsForEverybody"/>), and is compressed too.
/// </summary>
public static class CompressedPages
{
    public static IServiceCollection AddCompressedPages(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/html"]));
        return services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, Unpersonal>());
    }

    /// <summary>Comes where the endpoint is known.</summary>
    public static void UseCompressedPages(this WebApplication app) => app.UseWhen(IsPage, pages => pages.UseResponseCompression());

    /// <summary>For a <see cref="PersonalPageAttribute">personal page</see>, before it is sent: what it shows this time is what anybody would see who has its address.</summary>
    public static void IsForEverybody(this HttpContext context) => context.Features.Set(new Everybody());

    private static bool IsPage(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && CustomersLanguage.IsForCustomers(context)
        && !context.Request.Path.StartsWithSegments("/checkout", StringComparison.OrdinalIgnoreCase);

    /// <summary>Decides when the page is there and begins to be sent.</summary>
    private sealed class Unpersonal(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            (context.GetEndpoint()?.Metadata.GetMetadata<PersonalPageAttribute>() is null || context.Features.Get<Everybody>() is not null) && base.ShouldCompressResponse(context);
    }

    private sealed class Everybody;
}
