using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Storefront.Tests.Passkeys;

namespace Storefront.Tests.Store.Accounts;

/// <summary>What the pages' script does with passkeys, over plain HTTP.</summary>
internal static class PasskeyCalls
{
    /// <summary>Asks for an offer to make a passkey, with the form as it was filled in.</summary>
    public static async Task<HttpResponseMessage> AskToMakeAsync(this HttpClient client, string name = "Laptop", string password = AccountShop.Password, IHtmlDocument? page = null) =>
        await client.PostAsync(page ?? await client.NewPasskeyPageAsync(), "/account/passkeys/new/offer", ("Making.Name", name), ("Making.Password", password));

    /// <summary>Asks for an offer to use a passkey.</summary>
    public static async Task<HttpResponseMessage> AskToUseAsync(this HttpClient client) =>
        await client.PostAsync((await client.OpenAsync("/account/signin")).Page, "/account/signin/passkey");

    /// <summary>An offer's options and state.</summary>
    public static async Task<(JsonElement Options, string State)> OfferAsync(this Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var offer = await answer.JsonAsync();
        return (offer.GetProperty("options").Clone(), offer.GetProperty("state").GetString()!);
    }

    /// <summary>Sends the form of the page for a new passkey.</summary>
    public static async Task<HttpResponseMessage> KeepAsync(this HttpClient client, string state, string credential, string name = "Laptop", IHtmlDocument? page = null) =>
        await client.PostAsync(page ?? await client.NewPasskeyPageAsync(), "/account/passkeys/new",
            ("_handler", "new-passkey"), ("Making.Name", name), ("Making.Answer.State", state), ("Making.Answer.Credential", credential));

    /// <summary>Makes a passkey for the account that is signed in.</summary>
    public static async Task AddPasskeyAsync(this HttpClient client, SoftAuthenticator device, string name = "Laptop")
    {
        var (options, state) = await client.AskToMakeAsync(name).OfferAsync();
        using var answer = await client.KeepAsync(state, device.Make(options), name);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.LeadsTo().ShouldBe("/account?passkey=added");
    }

    /// <summary>Sends the sign-in page's form for passkeys.</summary>
    public static async Task<HttpResponseMessage> EnterAsync(this HttpClient client, string state, string credential, string back = "") =>
        await client.PostAsync((await client.OpenAsync("/account/signin")).Page, "/account/signin",
            ("_handler", "customer-passkey"), ("Proof.Back", back), ("Proof.Answer.State", state), ("Proof.Answer.Credential", credential));

    /// <summary>Signs in with a passkey.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(this HttpClient client, SoftAuthenticator device, string back = "")
    {
        var (options, state) = await client.AskToUseAsync().OfferAsync();
        return await client.EnterAsync(state, device.Use(options), back);
    }

    /// <summary>The names of the passkeys on the account's page, with where each leads.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PasskeysAsync(this HttpClient client) =>
        (await client.OpenAsync("/account")).Page.QuerySelectorAll(".account-keys a").ToDictionary(a => a.TextContent, a => a.GetAttribute("href")!, StringComparer.Ordinal);

    /// <summary>What a page says is wrong.</summary>
    public static async Task<string> FaultAsync(this HttpResponseMessage answer) =>
        (await answer.PageAsync()).QuerySelectorAll("main [role=alert]:not([hidden])").ShouldHaveSingleItem().TextContent.Trim();

    private static async Task<IHtmlDocument> NewPasskeyPageAsync(this HttpClient client) => (await client.OpenAsync("/account/passkeys/new")).Page;
}
