using Microsoft.Net.Http.Headers;

namespace Storefront.Web.Api;

/// <summary>Tells a browser from a program by what it would rather have.</summary>
internal static class PagePreference
{
    private static readonly MediaTypeHeaderValue Html = new("text/html");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Whether the caller prefers an HTML page to JSON; a caller that does not care gets JSON.</summary>
    public static bool Of(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Quality(Html, accepted) > Quality(Json, accepted);

    // The most specific range that covers the type decides (RFC 9110, 12.5.1).
    private static double Quality(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> accepted) => accepted
        .Where(type.IsSubsetOf)
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault(0);
}
