namespace Storefront.Web.Store;

/// <summary>
/// A page (or a form) whose address or answer is somebody's own: no cache keeps it, and no other site is told its address.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PersonalPageAttribute : Attribute;

/// <summary>How personal pages are sent.</summary>
public static class PersonalPages
{
    /// <summary>Comes where the endpoint is known. It also holds for the help page that stands in when a personal one fails.</summary>
    public static void UsePersonalPages(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PersonalPageAttribute>() is not null)
        {
            context.Response.OnStarting(Keep, context.Response);
        }

        return next(context);
    });

    // Last, since antiforgery has a say of its own in caching. Within the shop the address is told: forms are known by where they come from.
    private static Task Keep(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
