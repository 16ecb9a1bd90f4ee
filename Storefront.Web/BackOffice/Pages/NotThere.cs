namespace Storefront.Web.BackOffice.Pages;

/// <summary>A page whose subject does not exist.</summary>
internal static class NotThere
{
    /// <summary>Answers 404 with the page as it is, which knows better than the store's page for wrong addresses what was looked for.</summary>
    /// <param name="prerendering">The request while the page is prerendered; null on the circuit, where the answer has long gone out.</param>
    public static void Say(HttpContext? prerendering) => prerendering?.Response.OnStarting(() =>
    {
        // At the last moment: Blazor throws away what a page rendered once it sees this status.
        prerendering.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
