using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Storefront.Catalog;
using Storefront.Data;

namespace Storefront.Web.Store.Goods;

/// <summary>The pictures that the staff uploaded. What lies under an address never changes, so browsers need not ask for it twice.</summary>
public static class PictureFiles
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapPictureFiles(this IEndpointRouteBuilder app) =>
        app.MapMethods("/pictures/{file}", [HttpMethods.Get, HttpMethods.Head], SendAsync).ExcludeFromDescription();

    private static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(string file, HttpResponse response, IDbContextFactory<StoreDb> contexts, CancellationToken cancellationToken)
    {
        if (ProductPicture.Read(file) is not var (hash, isCard))
        {
            return TypedResults.NotFound();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ProductPictures.Where(p => p.Hash == hash).Select(p => isCard ? p.Card : p.Large).SingleOrDefaultAsync(cancellationToken) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = ForEver;
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(bytes, ProductPicture.MediaType, entityTag: new EntityTagHeaderValue($"\"{file}\""));
    }
}
