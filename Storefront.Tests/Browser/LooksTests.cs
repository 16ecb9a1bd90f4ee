using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Storefront.Orders;
using Storefront.Tests.Store;
using Storefront.Tests.Store.Accounts;
using Storefront.Web.Store.Cart;
using Storefront.Web.Store.Tracking;

namespace Storefront.Tests.Browser;

/// <summary>Every page, in both schemes and down to the narrowest phone.</summary>
public sealed class The_pages(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Have_no_accessibility_faults(ColorScheme scheme, int width)
    {
        await using var shop = await AccountShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Shop.Address, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        var faults = new List<string>();

        await foreach (var path in PagesAsync(shop.Shop, visitor).Concat(AccountPages.ShowAsync(shop, visitor)))
        {
            faults.AddRange((await visitor.Page.AccessibilityFaultsAsync()).Select(fault => $"{path}: {fault}"));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fit_every_phone_and_its_fingers()
    {
        await using var shop = await AccountShop.OpenAsync();
        await using var visitor = await chromium.VisitAsync(shop.Shop.Address);
        var faults = new List<string>();

        await foreach (var path in PagesAsync(shop.Shop, visitor).Concat(AccountPages.ShowAsync(shop, visitor)))
        {
            foreach (var width in new[] { 320, 360, 390, 640, 800, 1000 })
            {
                await visitor.Page.SetViewportSizeAsync(width, 700);
                var beyond = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
                if (beyond > 0)
                {
                    faults.Add($"{path} is {beyond} px wider than a screen of {width}");
                }

                faults.AddRange((await visitor.Page.EvaluateAsync<string[]>(TooSmall)).Select(target => $"{path} at {width}: {target}"));
            }
        }

        faults.ShouldBeEmpty();
    }

    // Links inside a sentence are exempt, as in WCAG 2.5.8.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a, button, input, textarea, summary')]
            .filter(e => !e.closest('p') && !e.matches('.skip, [type=hidden]'))
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
            .map(([e, r]) => `${e.outerHTML.slice(0, 80)} is ${Math.round(r.width)} by ${Math.round(r.height)}`)
        """;

    /// <summary>Opens one page after the other, in every state a customer can meet.</summary>
    private static async IAsyncEnumerable<string> PagesAsync(TestShop shop, Visitor visitor)
    {
        var working = await shop.PlaceAsync(Cancellation, 1, 5, 13);
        await shop.FinishAsync(working, Department.Warehouse);
        await shop.ChangeAsync(working, (order, now) => order.Claim(Department.Packing, now, alone: true));
        var stuck = await shop.PlaceAsync(Cancellation, 1);
        await shop.ChangeAsync(stuck, (order, now) =>
        {
            order.Claim(Department.Warehouse, now, alone: true);
            order.GiveUp(Department.Warehouse, 1, "jammed", now);
        });
        var done = await shop.PlaceAsync(Cancellation, 1);
        foreach (var department in OrderTerms.Departments)
        {
            await shop.FinishAsync(done, department);
        }

        foreach (var path in new[]
        {
            "/", "/catalogue", "/catalogue?category=teas", "/catalogue?q=tea", "/catalogue?q=brambel", "/catalogue?q=qxqxqxq", "/catalogue?page=2",
            "/catalogue?category=teas&price_from=5&price_to=three&in_stock=1&sort=price", "/catalogue?price_from=4000", "/product/copper-dibber", "/product/night-scented-stock",
            "/cart", "/checkout", "/track", "/track?order=nope", "/orders", $"/track/{working}", $"/track/{working}?key=wrong", $"/track/{working}?reordered=1", $"/track/{stuck}", $"/track/{done}", "/track/0000-0000-0000", "/product/bramble-jma", "/product/nope", "/nope", "/error",
        })
        {
            var hasGoods = path == "/checkout";
            await visitor.Context.ClearCookiesAsync();
            if (hasGoods)
            {
                await PutIntoBasketAsync(shop, visitor, Basket.Empty().With(1, 2).With(5, 1));
            }

            await visitor.GoAsync(path);
            yield return path;
        }

        await foreach (var path in CancellingAsync(shop, visitor))
        {
            yield return path;
        }

        await foreach (var path in RememberedAsync(shop, visitor))
        {
            yield return path;
        }

        // The basket with goods, of which some are dearer, too few or sold out; and the checkout that leaves those out, with faults, and after something changed.
        await PutIntoBasketAsync(shop, visitor, Basket.Empty().With(1, 2, 600).With(5, 1).With(21, 1).With(16, 5, 100));
        await visitor.GoAsync("/cart?limited=16&uncounted=1");
        yield return "/cart with goods";
        await visitor.GoAsync("/checkout");
        await visitor.Checkout.Send.ClickAsync();
        await visitor.Checkout.Notice.WaitForAsync();
        yield return "/checkout with faults";
        await visitor.Checkout.FillAsync();
        await visitor.Page.EvaluateAsync("() => { const goods = document.querySelector('input[name=\"Form.Basket\"]'); goods.value = goods.value.replace(/x2p[0-9]+/, 'x2p600').replace('16x3', '16x9'); }");
        await visitor.Checkout.Send.ClickAsync();
        await visitor.Checkout.TakeTheRest.WaitForAsync();
        yield return "/checkout after something changed";
        await PutIntoBasketAsync(shop, visitor, Basket.Empty().With(21, 1));
        await visitor.GoAsync("/cart");
        yield return "/cart with nothing to be had";
    }

    /// <summary>The orders of a browser, what it is told after ordering again, and a search that found nothing.</summary>
    private static async IAsyncEnumerable<string> RememberedAsync(TestShop shop, Visitor visitor)
    {
        await visitor.Context.ClearCookiesAsync();
        foreach (var products in new[] { new[] { 1, 1, 5 }, [7, 8, 9, 10, 11, 12] })
        {
            await visitor.GoAsync((await HelgisOrder.PlaceAsync(shop, products: products)).Mailed);
        }

        var number = visitor.Tracker.Number;
        yield return "/track with everything";
        await visitor.GoAsync("/orders?forgotten=1");
        await visitor.Page.Locator("summary").First.ClickAsync();
        yield return "/orders with the question whether to forget";
        await PutIntoBasketAsync(shop, visitor, Basket.Empty().With(7, 1));
        await visitor.GoAsync($"/track/{number}?reordered=1");
        yield return "/track after ordering again";
        await visitor.GoAsync("/track");
        await visitor.Page.Locator("#order").FillAsync(number.ToString());
        await visitor.Page.Locator("#find-email").FillAsync("nobody@example.com");
        await visitor.Button("Find it").ClickAsync();
        await visitor.Page.Locator("#find-fault").WaitForAsync();
        yield return "/track with a fault";
    }

    /// <summary>An order of the browser's own, before and after it is cancelled, and the refusals.</summary>
    private static async IAsyncEnumerable<string> CancellingAsync(TestShop shop, Visitor visitor)
    {
        var own = await shop.PlaceAsync(Cancellation, 1, 5);
        var proof = $"{own}.{shop.Services.GetRequiredService<OrderKeys>().Of(own)}";
        await visitor.Context.AddCookiesAsync([new() { Name = OwnOrders.CookieName, Value = proof, Url = shop.Address.ToString() }]);
        await visitor.GoAsync($"/track/{own}");
        await visitor.Tracker.FollowsAsync();
        yield return "/track of one's own order";
        await visitor.Tracker.Cancel.ClickAsync();
        yield return "/track with the question whether to cancel";
        foreach (var department in new[] { Department.Sales, Department.Marketing, Department.Warehouse })
        {
            await shop.FinishAsync(own, department);
        }

        await visitor.Tracker.YesCancel.ClickAsync();
        await visitor.Heading("This order is cancelled").WaitForAsync();
        await shop.TakeBackAsync(own, Department.Warehouse);
        await shop.ChangeAsync(own, (order, now) => order.Claim(new(Department.Sales, TaskAction.Undo), now, alone: true));
        await visitor.Page.GetByText("Strikes the order out").WaitForAsync();
        yield return "/track of a cancelled order";
        await shop.ChangeAsync(own, (order, now) => order.GiveUp(new(Department.Sales, TaskAction.Undo), 1, "no answer", now));
        await visitor.Page.GetByText("One room takes longer").WaitForAsync();
        yield return "/track of a cancelled order that takes longer";

        var late = await shop.PlaceAsync(Cancellation, 1);
        await shop.FinishAsync(late, Department.Warehouse);
        await shop.FinishAsync(late, Department.Packing);
        await visitor.GoAsync($"/track/{late}?late=1");
        yield return "/track after cancelling too late";
    }

    private static Task PutIntoBasketAsync(TestShop shop, Visitor visitor, Basket basket) =>
        visitor.Context.AddCookiesAsync([new() { Name = BasketCookie.Name, Value = basket.ToString(), Url = shop.Address.ToString() }]);
}
