using Storefront.Tests.Store.Accounts;

namespace Storefront.Tests.Browser;

/// <summary>The accounts' pages, in every state a customer can meet.</summary>
internal static class AccountPages
{
    /// <summary>Opens one after the other. The shop is called localhost, where the browser has passkeys.</summary>
    public static async IAsyncEnumerable<string> ShowAsync(AccountShop shop, Visitor visitor)
    {
        var (email, address) = (AccountShop.NewAddress(), shop.Shop.OnLocalhost());
        await visitor.Context.ClearCookiesAsync();
        foreach (var path in new[] { "/account/signin?left=1", "/account/register", "/account/register?sent=1", "/account/forgot", "/account/password?link=over" })
        {
            await visitor.GoAsync(new Uri(address, path).AbsoluteUri);
            yield return path;
        }

        await visitor.GoAsync(new Uri(address, "/account/signin").AbsoluteUri);
        await visitor.Button("Sign in with a passkey").WaitForAsync();
        await visitor.Button("Sign in").ClickAsync();
        await visitor.Page.Locator("#password-fault").WaitForAsync();
        yield return "/account/signin with faults";

        await visitor.GoAsync(new Uri(address, await LinkAsync(shop, "/account/register", email)).AbsoluteUri);
        await visitor.Button("Open my account").ClickAsync();
        await visitor.Page.Locator("#password-fault").WaitForAsync();
        yield return "/account/password with a fault";
        await visitor.Page.Locator("#password").FillAsync(AccountShop.Password);
        await visitor.Button("Open my account").ClickAsync();
        await visitor.Page.ArrivesAtAsync("^/orders$");

        await shop.GivePasskeysAsync(email, 2);
        await visitor.GoAsync(new Uri(address, "/account?passkey=added").AbsoluteUri);
        await visitor.Link("Add a passkey").WaitForAsync();
        yield return "/account";
        await visitor.Link("Key 1").ClickAsync();
        await visitor.Button("Yes, remove it").WaitForAsync();
        yield return "/account/passkeys/…";
        await visitor.GoAsync(new Uri(address, "/account/passkeys/AAAA").AbsoluteUri);
        yield return "/account/passkeys/… that is none";
        await visitor.GoAsync(new Uri(address, "/account/passkeys/new").AbsoluteUri);
        await visitor.Button("Make it").ClickAsync();
        await visitor.Page.Locator("#name[aria-invalid]").WaitForAsync();
        yield return "/account/passkeys/new with a fault";
        await visitor.GoAsync(new Uri(address, "/account/delete").AbsoluteUri);
        yield return "/account/delete";
        await visitor.GoAsync(new Uri(address, await LinkAsync(shop, "/account/forgot", email)).AbsoluteUri);
        yield return "/account/password with passkeys to keep";
    }

    /// <summary>The shop by the name under which a browser has passkeys: an address of numbers can have none.</summary>
    public static Uri OnLocalhost(this TestShop shop) => new UriBuilder(shop.Address) { Host = "localhost" }.Uri;

    private static async Task<string> LinkAsync(AccountShop shop, string path, string email)
    {
        using var client = shop.Shop.NewClient();
        return AccountShop.LinkIn(await shop.AskForMailAsync(client, path, email));
    }
}
