using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Storefront.Tests.Browser;

/// <summary>The checkout as a customer fills it in.</summary>
internal sealed class CheckoutSheet(IPage page)
{
    public ILocator Send => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Place the order", RegexOptions.None, TimeSpan.FromSeconds(1)) });

    public ILocator Notice => page.Locator("main").GetByRole(AriaRole.Alert);

    /// <summary>The button beside the news that something changed.</summary>
    public ILocator TakeTheRest => Notice.GetByRole(AriaRole.Button);

    public ILocator Field(string label) => page.GetByLabel(label, new() { Exact = false });

    public async Task FillAsync(string name = "Helgi Möller")
    {
        await Field("Your name").FillAsync(name);
        await Field("Street and number").FillAsync("Hedge Lane 7");
        await Field("Postcode").FillAsync("101");
        await Field("Town").FillAsync("Reykjavík");
        await Field("Country").FillAsync("Iceland");
    }

    /// <summary>Sends it and waits for the order's page.</summary>
    public async Task OrderAsync()
    {
        await Send.ClickAsync();
        await page.ArrivesAtAsync("^/track/");
    }
}
