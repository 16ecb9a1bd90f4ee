using AngleSharp.Html.Dom;
using Storefront.Tests.Passkeys;
using Storefront.Tests.Store;
using Storefront.Tests.Store.Accounts;

namespace Storefront.Tests.Account;

/// <summary>What the script of the staff's pages does with passkeys, over plain HTTP.</summary>
internal static class StaffPasskeyCalls
{
    public const string NewPage = "/backoffice/me/passkeys/new";

    /// <summary>Asks for an offer to make a passkey, with the form as it was filled in.</summary>
    public static async Task<HttpResponseMessage> AskForPasskeyAsync(this HttpClient client, string name = "Laptop", string password = StaffDesk.Password, IHtmlDocument? page = null) =>
        await client.PostAsync(page ?? (await client.OpenAsync(NewPage)).Page, $"{NewPage}/offer", ("Name", name), ("Password", password));

    /// <summary>Sends the form of the page for a new passkey.</summary>
    public static async Task<HttpResponseMessage> KeepPasskeyAsync(this HttpClient client, string state, string credential, string name = "Laptop") =>
        await client.PostAsync((await client.OpenAsync(NewPage)).Page, NewPage,
            ("_handler", "new-staff-passkey"), ("Name", name), ("Answer.State", state), ("Answer.Credential", credential));

    /// <summary>Makes a passkey for the member who is signed in.</summary>
    public static async Task MakePasskeyAsync(this HttpClient client, SoftAuthenticator device)
    {
        var (options, state) = await client.AskForPasskeyAsync().OfferAsync();
        using var answer = await client.KeepPasskeyAsync(state, device.Make(options));
        answer.LeadsTo().ShouldBe("/backoffice/me?passkey=added");
    }

    /// <summary>Signs in with a passkey.</summary>
    public static async Task<HttpResponseMessage> ComeInAsync(this HttpClient client, SoftAuthenticator device, string? returnUrl = null)
    {
        var address = returnUrl is null ? "/signin" : $"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}";
        var (_, page) = await client.OpenAsync(address);
        var (options, state) = await client.PostAsync(page, "/signin/passkey").OfferAsync();
        return await client.PostAsync(page, address, ("_handler", "signin-passkey"), ("Proof.State", state), ("Proof.Credential", device.Use(options)));
    }
}
