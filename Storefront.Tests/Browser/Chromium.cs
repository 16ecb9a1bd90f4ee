using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Storefront.Tests.Browser.Chromium))]

namespace Storefront.Tests.Browser;

/// <summary>One browser for the whole run; every visitor gets a context of their own in it. Opened by the first who comes.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _open = new(OpenAsync);

    /// <summary>Somebody with a browser at the shop's door.</summary>
    internal async Task<Visitor> VisitAsync(Uri shop, BrowserNewContextOptions? options = null)
    {
        var (_, browser) = await _open.Value;
        options ??= new BrowserNewContextOptions();
        options.BaseURL = shop.ToString();
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await browser.NewContextAsync(options);
        // Only a bound, as everywhere: Playwright's own half a minute may be short while everybody's tests run.
        context.SetDefaultTimeout((float)Watching.Bound.TotalMilliseconds);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_open.IsValueCreated)
        {
            var (driver, browser) = await _open.Value;
            await browser.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> OpenAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Watching.Bound.TotalMilliseconds);
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Installed(),
            Timeout = (float)Watching.Bound.TotalMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    // The system's own: Playwright's download cannot be relied on.
    private static string Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .Concat(["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"])
            .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("The browser tests need Chromium on the PATH (Debian: apt-get install chromium).");
}
