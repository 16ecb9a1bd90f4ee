using Microsoft.Playwright;
using Storefront.Tests.BackOffice;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>From the staff's desk to the customer's door.</summary>
public sealed class A_new_product(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_made_with_a_picture_gets_stock_is_found_and_is_bought()
    {
        await using var shop = await TestShop.OpenAsync();
        await using (var staff = await chromium.VisitAsync(shop.Address))
        {
            var page = staff.Page;
            await staff.OpenOfficeAsync("/backoffice/products/new");
            foreach (var (label, text) in new[] { ("Name", "Sloe Gin"), ("One line", "Strong."), ("Price in EUR", "21"), ("Bin", "P-99"), ("Description", "Very strong."), ("Details", "Volume: 0.5 l") })
            {
                await page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
            }

            await page.GetByLabel("Category").SelectOptionAsync("pantry");
            await Expect(page.GetByLabel("Address", new() { Exact = true })).ToHaveValueAsync("sloe-gin");
            await staff.Button("Put it into the shop").ClickAsync();
            await Expect(staff.Heading("Sloe Gin")).ToBeVisibleAsync();

            await page.GetByLabel("Another one").SetInputFilesAsync(new FilePayload { Name = "sloe.png", MimeType = "image/png", Buffer = SomePicture.Of(900, 700) });
            await Expect(page.GetByText("The shop shows this picture now.")).ToBeVisibleAsync();
            await page.GetByLabel("Pieces", new() { Exact = true }).FillAsync("3");
            await page.GetByLabel("Which delivery").FillAsync("First bottles");
            await staff.Button("Write it down").ClickAsync();
            await Expect(page.GetByText("Written down: +3, so 3 are there.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "First bottles" })).ToContainTextAsync("+3");
        }

        await using var customer = await chromium.VisitAsync(shop.Address);
        await customer.GoAsync("/catalogue?q=sloe");
        await customer.Link("Sloe Gin").ClickAsync();
        var picture = customer.Page.GetByRole(AriaRole.Img, new() { Name = "Sloe Gin", Exact = true });
        await Watching.UntilAsync("the picture has come", () => picture.EvaluateAsync<bool>("picture => picture.naturalWidth === 640"), Cancellation);
        await customer.Button("Add to basket").ClickAsync();
        await customer.Link("Go to the basket").ClickAsync();
        await customer.Link("Go to checkout").ClickAsync();
        await customer.Checkout.FillAsync();
        await customer.Checkout.OrderAsync();
        await Expect(customer.Tracker.Headline).ToHaveTextAsync("Your order is placed");
        (await shop.StockAsync(43)).ShouldBe(2);
    }
}
