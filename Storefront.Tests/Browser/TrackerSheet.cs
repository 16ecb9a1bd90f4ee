using Microsoft.Playwright;
using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>The page of an order as somebody watches it.</summary>
internal sealed class TrackerSheet(IPage page)
{
    public ILocator Headline => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator CurrentStep => page.Locator("[aria-current=step]");

    public OrderNumber Number => OrderNumber.TryParse(new Uri(page.Url).Segments[^1], out var number) ? number : throw new InvalidOperationException($"No order's page: {page.Url}");

    public ILocator Room(string name) => page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = name }) });

    public ILocator Cancel => page.GetByText("Cancel this order", new() { Exact = true });

    public ILocator YesCancel => page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" });

    /// <summary>Asks for the order to be cancelled, and says yes.</summary>
    public async Task CancelAsync()
    {
        await Cancel.ClickAsync();
        await YesCancel.ClickAsync();
    }

    /// <summary>Waits until the page follows its order.</summary>
    public Task FollowsAsync() => Expect(page.Locator("[data-following][data-live]")).ToHaveCountAsync(1);

    /// <summary>Leaves a sign in the page that a reload would wipe away.</summary>
    public Task MarkAsync() => page.EvaluateAsync("() => { window.marked = true; }");

    public Task<bool> IsMarkedAsync() => page.EvaluateAsync<bool>("() => window.marked === true");
}
