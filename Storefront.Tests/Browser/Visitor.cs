using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>A customer with a browser: what they can do in the shop, in their words.</summary>
internal sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public IPage Page => page;

    public IBrowserContext Context => context;

    public CheckoutSheet Checkout => new(page);

    public TrackerSheet Tracker => new(page);

    /// <summary>Another tab of the same browser: same cookies.</summary>
    public async Task<Visitor> OpenTabAsync() => new(context, await context.NewPageAsync());

    public async Task<IResponse> GoAsync(string path) => (await page.GotoAsync(path)).ShouldNotBeNull();

    /// <summary>Adds a product from the grid of the page that is open.</summary>
    public async Task AddAsync(string product)
    {
        await Button($"Add {product}").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = product }).GetByText("in your basket")).ToBeVisibleAsync();
    }

    /// <summary>From nothing to the checkout with one product in the basket.</summary>
    public async Task CarryToCheckoutAsync(string product = "Bramble Jam")
    {
        await GoAsync("/catalogue");
        await AddAsync(product);
        await GoAsync("/checkout");
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Heading(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name });

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
