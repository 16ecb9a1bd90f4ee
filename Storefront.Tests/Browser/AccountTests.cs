using Microsoft.Playwright;
using Storefront.Tests.Passkeys;
using Storefront.Tests.Store;
using Storefront.Tests.Store.Accounts;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests.Browser;

/// <summary>A customer who comes back.</summary>
public sealed class A_customer_with_an_account(Chromium chromium, AccountShop fixture) : IClassFixture<AccountShop>
{
    private readonly AccountShop _shop = fixture;
    private readonly string _email = AccountShop.NewAddress();

    [Fact]
    public async Task Opens_it_by_a_mailed_link_and_finds_the_order_of_before()
    {
        var order = await HelgisOrder.PlaceAsync(_shop.Shop, _email);
        await using var visitor = await chromium.VisitAsync(_shop.Shop.Address);
        await visitor.GoAsync("/account");
        await visitor.Link("Open an account").ClickAsync();
        await visitor.Page.GetByLabel("E-mail").FillAsync(_email);
        await visitor.Button("Send the link").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("A mail is on its way");
        await Watching.UntilAsync("the mail is there", () => Task.FromResult(_shop.To(_email).Count > 0), TestContext.Current.CancellationToken);

        await visitor.GoAsync(AccountShop.LinkIn(_shop.To(_email)[0]));
        await visitor.Page.GetByLabel("Password").FillAsync(AccountShop.Password);
        await visitor.Button("Open my account").ClickAsync();

        await visitor.Page.ArrivesAtAsync("^/orders$");
        await visitor.Link(order.Number.ToString()).ClickAsync();
        await Expect(visitor.Page.Locator(".order-customer")).ToContainTextAsync("Hedge Lane 7");
        await visitor.GoAsync("/account");
        await visitor.Button("Sign out").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out.");
        await visitor.GoAsync("/orders");
        await Expect(visitor.Link(order.Number.ToString())).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Makes_a_passkey_signs_in_with_it_and_removes_it()
    {
        using var browser = _shop.Shop.NewClient();
        await _shop.RegisterAsync(browser, _email);
        await using var visitor = await chromium.VisitAsync(_shop.Shop.OnLocalhost());
        var device = await VirtualDevice.OpenAsync(visitor);
        await visitor.GoAsync("/account/signin?returnUrl=/account/passkeys/new");
        await visitor.Page.GetByLabel("E-mail").FillAsync(_email);
        await visitor.Page.GetByLabel("Password").FillAsync(AccountShop.Password);
        await visitor.Button("Sign in").ClickAsync();

        await device.PlugInAsync();
        await visitor.Page.GetByLabel("Name").FillAsync("Laptop");
        await visitor.Page.GetByLabel("Password").FillAsync(AccountShop.Password);
        await visitor.Button("Make it").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your passkey is there.");
        await visitor.Button("Sign out").ClickAsync();

        // Nobody is there to hold it: what the browser says then is put into words.
        await device.HoldAsync(isHeld: false);
        await visitor.Button("Sign in with a passkey").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing happened");
        await device.HoldAsync(isHeld: true);
        await visitor.Button("Sign in with a passkey").ClickAsync();
        await visitor.Page.ArrivesAtAsync("^/orders$");
        await visitor.GoAsync("/account");
        await visitor.Button("Sign out").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out.");
        await visitor.GoAsync($"/account/signin?returnUrl=/account&{VirtualDevice.Offered}");
        await visitor.Page.ArrivesAtAsync("^/account$");

        await visitor.Link("Laptop").ClickAsync();
        await visitor.Button("Yes, remove it").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is removed");
        await Expect(visitor.Link("Laptop")).ToHaveCountAsync(0);
    }
}
