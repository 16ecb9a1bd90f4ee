using System.Text.Json;
using Microsoft.Playwright;
using Storefront.Orders;
using Storefront.Tests.BackOffice;

namespace Storefront.Tests.Browser;

/// <summary>What a phone that was never here before has to load, and whether anything jumps while it does.</summary>
public sealed class The_first_page_of_a_visit(Chromium chromium)
{
    /// <summary>
    /// The shop's promise for every page, bytes as they come over the line: with Brotli, which browsers take over HTTPS and from the machine they run on.
    /// (With gzip, over plain HTTP from elsewhere, a page is up to a tenth heavier.)
    /// </summary>
    private const long Most = 100_000;

    /// <summary>Cumulative layout shift while the order moves on; 0 is best.</summary>
    private const double MostJumping = 0.02;

    /// <summary>The same while a page loads. It is 0 where Times or Liberation stand in until the fonts have come; a machine of the tests may have neither.</summary>
    private const double MostJumpingAtFirst = 0.1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_light_comes_from_the_shop_alone_opens_no_circuit_and_does_not_jump()
    {
        TestDatabase.SkipUnlessSqlite("what a page looks like does not depend on the database");
        await using var shop = await TestShop.OpenAsync();
        await shop.PlaceAsync(Cancellation, 1, 2);
        await shop.PhotographAsync(16);
        var faults = new List<string>();

        foreach (var path in new[] { "/", "/catalogue", "/catalogue?q=tea", "/product/copper-dibber", "/cart", "/track", "/orders", "/nope" })
        {
            await using var load = await LoadAsync(shop, path);
            faults.AddRange(load.Faults(Most, circuits: 0).Select(f => $"{path}: {f}"));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task May_be_the_tracker_which_does_not_jump_while_the_order_moves_on()
    {
        TestDatabase.SkipUnlessSqlite("what a page looks like does not depend on the database");
        await using var shop = await TestShop.OpenAsync();
        var order = await shop.PlaceAsync(Cancellation, 1, 2);
        await using var load = await LoadAsync(shop, $"/track/{order}");
        var before = await load.JumpingAsync();

        foreach (var (department, says) in new[] { (Department.Sales, "Done"), (Department.Warehouse, "Picked"), (Department.Packing, "Packed"), (Department.Shipping, "Shipped") })
        {
            await shop.FinishAsync(order, department);
            await load.Visitor.Page.GetByText(says).First.WaitForAsync();
        }

        load.Faults(Most, circuits: 1).ShouldBeEmpty();
        (await load.JumpingAsync() - before).ShouldBeLessThanOrEqualTo(MostJumping);
    }

    private async Task<Load> LoadAsync(TestShop shop, string path)
    {
        var visitor = await chromium.VisitAsync(shop.Address, new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true, HasTouch = true });
        await visitor.Page.AddInitScriptAsync("""
            window.jumping = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumping += entry.value; }).observe({ type: 'layout-shift', buffered: true });
            """);
        var load = new Load(visitor, shop.Address.Authority);
        await load.ListenAsync();
        await visitor.GoAsync(path);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        load.Jumping = await load.JumpingAsync();
        return load;
    }

    /// <summary>What came over the line for one page.</summary>
    private sealed class Load(Visitor visitor, string shop) : IAsyncDisposable
    {
        private readonly HashSet<string> _strangers = [];
        private long _bytes;
        private int _circuits;

        public Visitor Visitor => visitor;

        public double Jumping { get; set; }

        public async Task ListenAsync()
        {
            var line = await visitor.Context.NewCDPSessionAsync(visitor.Page);
            line.Event("Network.loadingFinished").OnEvent += (_, e) => Interlocked.Add(ref _bytes, (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
            line.Event("Network.webSocketCreated").OnEvent += (_, _) => Interlocked.Increment(ref _circuits);
            line.Event("Network.requestWillBeSent").OnEvent += (_, e) => Note(e!.Value);
            await line.SendAsync("Network.enable");
        }

        public Task<double> JumpingAsync() => visitor.Page.EvaluateAsync<double>("() => window.jumping");

        public IEnumerable<string> Faults(long most, int circuits)
        {
            if (Interlocked.Read(ref _bytes) is var bytes && (bytes > most || bytes < 10_000))
            {
                yield return $"{bytes} bytes";
            }

            if (Volatile.Read(ref _circuits) != circuits)
            {
                yield return $"{_circuits} circuits";
            }

            if (Jumping > MostJumpingAtFirst)
            {
                yield return $"a layout shift of {Jumping}";
            }

            lock (_strangers)
            {
                if (_strangers.Count > 0)
                {
                    yield return $"asks {string.Join(", ", _strangers)}";
                }
            }
        }

        public ValueTask DisposeAsync() => visitor.DisposeAsync();

        private void Note(JsonElement request)
        {
            var asked = new Uri(request.GetProperty("request").GetProperty("url").GetString()!);
            if (asked.Scheme != "data" && asked.Authority != shop)
            {
                lock (_strangers)
                {
                    _strangers.Add(asked.Authority);
                }
            }
        }
    }
}
