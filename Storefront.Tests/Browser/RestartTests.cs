using Storefront.Orders;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>Nobody has to touch a page because the shop was away.</summary>
public sealed class When_the_shop_restarts(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_order_page_comes_back_current_by_itself()
    {
        using var detour = new Detour();
        var folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder };
            var shop = await TestShop.OpenAsync(settings);
            var number = await shop.PlaceAsync(Cancellation);
            detour.LeadTo(shop.Address);
            await using var visitor = await chromium.VisitAsync(detour.Address);
            await visitor.GoAsync($"/track/{number}");
            await visitor.Tracker.FollowsAsync();

            detour.Cut();
            await shop.DisposeAsync();
            await Expect(visitor.Page.GetByText("The line to the shop dropped")).ToBeVisibleAsync();
            await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
            await using var again = await TestShop.OpenAsync(settings);
            await again.FinishAsync(number, Department.Warehouse);
            detour.LeadTo(again.Address);

            await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
            await visitor.Tracker.FollowsAsync();
            await again.FinishAsync(number, Department.Packing);
            await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your parcel is packed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_cut_line_is_mended_without_a_reload()
    {
        using var detour = new Detour();
        await using var shop = await TestShop.OpenAsync();
        var number = await shop.PlaceAsync(Cancellation);
        detour.LeadTo(shop.Address);
        await using var visitor = await chromium.VisitAsync(detour.Address);
        await visitor.GoAsync($"/track/{number}");
        await visitor.Tracker.FollowsAsync();
        await visitor.Tracker.MarkAsync();

        detour.Cut();
        await shop.FinishAsync(number, Department.Warehouse);
        detour.LeadTo(shop.Address);

        await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your goods are picked");
        (await visitor.Tracker.IsMarkedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_checkout_that_was_open_still_orders()
    {
        using var detour = new Detour();
        var folder = Directory.CreateTempSubdirectory("storefront-test-").FullName;
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data:Folder"] = folder };
            var shop = await TestShop.OpenAsync(settings);
            detour.LeadTo(shop.Address);
            await using var visitor = await chromium.VisitAsync(detour.Address);
            await visitor.CarryToCheckoutAsync();
            await visitor.Checkout.FillAsync();

            detour.Cut();
            await shop.DisposeAsync();
            await using var again = await TestShop.OpenAsync(settings);
            detour.LeadTo(again.Address);

            await visitor.Checkout.OrderAsync();
            await Expect(visitor.Tracker.Headline).ToHaveTextAsync("Your order is placed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
