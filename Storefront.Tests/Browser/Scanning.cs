using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Storefront.Tests.Browser;

/// <summary>Looks for what keeps people out.</summary>
internal static class Scanning
{
    /// <summary>What is wrong with the page as it is now, an entry each; of the rules that are kept nothing is reported, which takes half of the time.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">Only these of axe's rules; none: all that it has on by itself.</param>
    public static async Task<IEnumerable<string>> AccessibilityFaultsAsync(this IPage page, params string[] rules)
    {
        var scan = await page.RunAxe(new AxeRunOptions
        {
            ResultTypes = [ResultType.Violations],
            RunOnly = rules.Length == 0 ? null : new() { Type = "rule", Values = [.. rules] },
        });
        return scan.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Help}: {n.Html}"));
    }
}
