using System.Net;

namespace Storefront.Web.Store;

/// <summary>303 See Other: whatever was posted, what follows is read; a reload repeats nothing.</summary>
public sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = (int)HttpStatusCode.SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }

    /// <summary>Makes the redirect that a page is about to answer with a 303: a component's own is a 302.</summary>
    public static void Instead(HttpResponse response) => response.OnStarting(() =>
    {
        response.StatusCode = (int)HttpStatusCode.SeeOther;
        return Task.CompletedTask;
    });
}
