using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Storefront.Tests.Browser;

/// <summary>Waiting for a page to come to an address.</summary>
internal static class Arriving
{
    /// <summary>
    /// Waits until path, query and fragment match <paramref name="pattern"/>. It looks again and again: Playwright's own <c>WaitForURLAsync</c> looks
    /// once and then waits for an event, and what arrives between the two (on a busy machine, one time in fifteen) is waited for in vain.
    /// </summary>
    public static Task ArrivesAtAsync(this IPage page, string pattern) =>
        Watching.UntilAsync($"the page is at {pattern}", () =>
        {
            var at = new Uri(page.Url);
            return Task.FromResult(Regex.IsMatch(at.PathAndQuery + at.Fragment, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
        }, TestContext.Current.CancellationToken);
}
