using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.Api;

/// <summary>What went wrong beyond the handlers: as problem+json to callers of the API, as a page to browsers.</summary>
public static class ApiErrors
{
    public static void UseApiErrors(this WebApplication app) => app.UseWhen(IsApi, api =>
    {
        api.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        api.UseStatusCodePages();
    });

    /// <summary>
    /// Answers every verb but <paramref name="verbs"/> with 405. Routing would do so by itself, were it not for the static assets' catch-all of
    /// an unpublished run: it takes GET and HEAD of every path into consideration, and they end as 404.
    /// </summary>
    internal static void MapNoOtherVerb(this IEndpointRouteBuilder app, string pattern, params string[] verbs) => app.Map(pattern, (HttpResponse response) =>
    {
        response.Headers.Allow = string.Join(", ", verbs);
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }).ExcludeFromDescription();

    /// <summary>Gives the framework's own problems (no such path, verb not allowed, a fault of ours) a sentence too.</summary>
    internal static void Explain(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        if (context.Exception is StoreOverloadedException overloaded)
        {
            http.Response.Headers.RetryAfter = StoreOverloadedException.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            problem.Detail = $"{overloaded.Message} Try again in a second; nothing was ordered.";
        }

        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"{http.Request.Path} does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}.",
            StatusCodes.Status503ServiceUnavailable => "The shop's database does not answer at the moment. Try again shortly; with the same Idempotency-Key no order is made twice.",
            >= 500 => "Something broke on our side; it has been written down. Try again; with the same Idempotency-Key no order is made twice.",
            _ => null,
        };
    }

    // The pictures lie under /products/, so of that path only the list itself is the API's.
    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/order", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        || (context.Request.Path.StartsWithSegments("/products", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is "" or "/");

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        DbException or DbUpdateException or StoreOverloadedException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
