using Microsoft.Playwright;

namespace Storefront.Tests.Browser;

/// <summary>Somebody without a mouse. What has the focus must be seen to have it.</summary>
internal sealed class Keyboard(IPage page)
{
    private const int FarEnough = 80;

    /// <summary>Goes on with Tab until the focus is on what bears that name, and presses a key there.</summary>
    public async Task PressOnAsync(string name, string key)
    {
        await page.GetByText(name, new() { Exact = false }).First.WaitForAsync();
        await page.WaitForLoadStateAsync(); // what is still being loaded may take the focus away
        await TabUntilAsync($"e => (e.textContent ?? '').includes({System.Text.Json.JsonSerializer.Serialize(name)})", name);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes on to the next field to type in, and types.</summary>
    public async Task TypeInNextFieldAsync(string text)
    {
        await page.ArrivesAtAsync("^/checkout$");
        await page.WaitForLoadStateAsync();
        await TabUntilAsync("e => e.matches('main input:not([type=hidden]), main textarea')", "a field");
        await page.Keyboard.TypeAsync(text);
    }

    private async Task TabUntilAsync(string isIt, string name)
    {
        for (var i = 0; i < FarEnough; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"() => ({isIt})(document.activeElement) && document.activeElement !== document.body"))
            {
                (await page.EvaluateAsync<bool>("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 3"))
                    .ShouldBeTrue($"{name} has the focus and shows it");
                return;
            }
        }

        throw new InvalidOperationException($"{FarEnough} times Tab did not lead to {name}.");
    }
}
