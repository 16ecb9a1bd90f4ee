using Microsoft.AspNetCore.Identity;
using Storefront.Languages;
using Storefront.Web.Passkeys;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Pages;
using Storefront.Web.Store.Speech;

namespace Storefront.Web.Store.Accounts.Passkeys;

/// <summary>
/// Where the pages' script asks for what it hands to the browser: to use a passkey, which anybody may, and to make one for the account that is signed in. What has to be
/// right before the browser's dialog opens is checked here.
/// </summary>
public static class PasskeyOffers
{
    public const string AddressToUse = $"{CustomerSignInPage.Address}/passkey";

    public const string AddressToMake = $"{NewPasskeyPage.Address}/offer";

    public static void MapPasskeyOffers(this IEndpointRouteBuilder app)
    {
        // Antiforgery is checked in AccountForms, as for the accounts' pages.
        var offers = app.MapGroup("").WithMetadata(new PersonalPageAttribute(), new NeedsMailAttribute(), new ForCustomersAttribute()).DisableAntiforgery().ExcludeFromDescription();
        offers.MapPost(AddressToUse, OfferToUseAsync);
        offers.MapPost(AddressToMake, OfferToMakeAsync);
    }

    private static async Task<IResult> OfferToUseAsync(HttpContext http, AccountForms forms, PasskeyCeremonies<CustomerAccount> passkeys) =>
        await forms.RefusalAsync(http, isTry: false) is { } refusal
            ? PasskeyOffer.Refused(http.Response.StatusCode, refusal)
            : (await passkeys.OfferToUseAsync()).ToResult();

    private static async Task<IResult> OfferToMakeAsync(
        HttpContext http, AccountForms forms, SignedInCustomer customer, UserManager<CustomerAccount> accounts, SignInManager<CustomerAccount> signIn,
        PasskeyCeremonies<CustomerAccount> passkeys, Words words)
    {
        if (await forms.RefusalAsync(http) is { } refusal)
        {
            return PasskeyOffer.Refused(http.Response.StatusCode, refusal);
        }

        if (await customer.WhoAsync() is not { } who || await accounts.GetUserAsync(who) is not { } account)
        {
            return PasskeyOffer.Refused(StatusCodes.Status401Unauthorized, words["passkey.signed-out"]);
        }

        if (await accounts.HasAllPasskeysAsync(account))
        {
            return PasskeyOffer.Refused(PasskeyFault.TooMany.Status(), words.Of(PasskeyFault.TooMany));
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!PasskeyName.TryRead(form[$"{nameof(NewPasskeyPage.Making)}.{nameof(NewPasskeyPage.MakingForm.Name)}"], out _))
        {
            return PasskeyOffer.Refused(StatusCodes.Status422UnprocessableEntity, words.NameFault(), NewPasskeyPage.NameField);
        }

        // A browser that was left alone is signed in, too, and a passkey would open the account for good. Guesses count as they do at the sign-in.
        if (form[$"{nameof(NewPasskeyPage.Making)}.{nameof(NewPasskeyPage.MakingForm.Password)}"].ToString() is not { Length: > 0 and <= ChosenPassword.Most } password
            || !(await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true)).Succeeded)
        {
            return PasskeyOffer.Refused(StatusCodes.Status422UnprocessableEntity, words["account.delete.wrong"], NewPasskeyPage.PasswordField);
        }

        return (await passkeys.OfferToMakeAsync(account, account.Email!)).ToResult();
    }
}
