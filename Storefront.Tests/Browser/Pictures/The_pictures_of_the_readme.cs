using Microsoft.Playwright;
using Storefront.Orders;
using Storefront.Tests.BackOffice;
using Storefront.Web.Store.Cart;

namespace Storefront.Tests.Browser.Pictures;

/// <summary>Takes the README's pictures anew (<c>./test.sh pictures</c>), so that they show the shop as it is.</summary>
public sealed class The_pictures_of_the_readme(Chromium chromium)
{
    private static readonly ViewportSize Desktop = new() { Width = 1280, Height = 800 };
    private static readonly ViewportSize Phone = new() { Width = 390, Height = 760 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where they lie, from the top of the repository.</summary>
    private static string Folder => Environment.GetEnvironmentVariable("STOREFRONT_PICTURES") ?? throw new InvalidOperationException("STOREFRONT_PICTURES must name the folder to put them into; ./test.sh pictures does.");

    [Fact(Explicit = true)]
    public async Task Are_taken()
    {
        await using var shop = await TestShop.OpenAsync();
        var order = await WorkedOnAsync(shop);
        await using var customer = await VisitAsync(shop, Desktop, ColorScheme.Light);
        await using var onPhone = await VisitAsync(shop, Phone, ColorScheme.Dark);

        await TakeAsync(customer, "/", "home");
        await TakeAsync(customer, "/catalogue?category=teas", "catalogue");
        await TakeAsync(customer, $"/track/{order}", "tracker");
        await TakeAsync(onPhone, "/product/copper-dibber", "product-phone");
        await TakeAsync(onPhone, $"/track/{order}", "tracker-phone");
        await onPhone.Context.AddCookiesAsync([new() { Name = BasketCookie.Name, Value = Basket.Empty().With(1, 2).With(5, 1).ToString(), Url = shop.Address.ToString() }]);
        await TakeAsync(onPhone, "/checkout", "checkout-phone");
        await customer.OpenOfficeAsync("/backoffice");
        await TakeAsync(customer, "/backoffice", "backoffice");
    }

    /// <summary>Orders in every state, and one in the middle of its way.</summary>
    private static async Task<OrderNumber> WorkedOnAsync(TestShop shop)
    {
        await shop.StuckAsync(Cancellation);
        foreach (var departments in new[] { OrderTerms.Departments, [Department.Warehouse, Department.Packing], [] })
        {
            var number = await shop.PlaceAsync(Cancellation, 1, 2);
            foreach (var department in departments)
            {
                await shop.FinishAsync(number, department);
            }
        }

        var order = await shop.PlaceAsync(Cancellation, 1, 5, 13);
        await shop.FinishAsync(order, Department.Sales);
        await shop.FinishAsync(order, Department.Warehouse);
        await shop.ChangeAsync(order, (o, now) => o.Claim(Department.Packing, now, alone: true));
        return order;
    }

    private async Task<Visitor> VisitAsync(TestShop shop, ViewportSize size, ColorScheme scheme) =>
        await chromium.VisitAsync(shop.Address, new() { ViewportSize = size, ColorScheme = scheme, Locale = "en-GB" });

    private static async Task TakeAsync(Visitor visitor, string path, string name)
    {
        await visitor.GoAsync(path);
        if (path.StartsWith("/backoffice", StringComparison.Ordinal))
        {
            await visitor.Page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        await visitor.Page.WaitForFunctionAsync("() => document.fonts.status === 'loaded' && [...document.images].every(i => i.complete || i.loading === 'lazy')");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png") });
    }
}
