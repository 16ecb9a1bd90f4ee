using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Storefront.Web.Store;

/// <summary>
/// Forms are read here, before anybody needs them, because whoever reads one finds what is wrong with it: otherwise a null byte, a thousand fields or five
/// megabytes of name would be the shop's fault (500) wherever they happen to be read first.
/// </summary>
public static class ReadableForms
{
    /// <summary>More than all of the shop's fields can have, and enough that a far too long text is still told and kept as one.</summary>
    public const int MaxBytes = 256 * 1024;

    // A form's null byte, and ASCII's own sign for a character that could not be transmitted (SUB).
    private static readonly byte[] Null = "%00"u8.ToArray();
    private static readonly byte[] Substitute = "%1A"u8.ToArray();

    /// <summary>Comes after routing, since only addresses that take forms are of interest, and before the check for antiforgery, which reads them.</summary>
    public static void UseReadableForms(this WebApplication app) => app.Use(ReadAsync);

    private static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is null)
        {
            await next(context);
            return;
        }

        if (!context.Request.HasFormContentType)
        {
            // Without a body, as below: the store's help pages do the talking.
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            await WithoutNullsAsync(context);
            await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
            return;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
        {
            // A page that has no such form: Blazor says so with a content type and no content, and the former would keep the help pages out.
            context.Response.Headers.Clear();
        }
    }

    /// <summary>
    /// ASP.NET Core refuses a whole form for one null byte in it. With another control character in its place the field's own check finds it, names it, and
    /// everything that was typed is kept.
    /// </summary>
    private static async Task WithoutNullsAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return;
        }

        var body = new MemoryStream();
        context.Response.RegisterForDispose(body);
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        for (int at; (at = bytes.Span.IndexOf(Null)) >= 0; bytes = bytes[(at + Null.Length)..])
        {
            Substitute.CopyTo(bytes[at..]);
        }

        body.Position = 0;
        context.Request.Body = body;
    }
}
