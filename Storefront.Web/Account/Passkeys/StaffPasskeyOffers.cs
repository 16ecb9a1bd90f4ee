using Microsoft.AspNetCore.Antiforgery;
using Storefront.Web.Account.Data;
using Storefront.Web.Passkeys;
using Storefront.Web.Store;

namespace Storefront.Web.Account.Passkeys;

/// <summary>
/// Where the pages' script asks for what it hands to the browser: to use a passkey, which anybody may, and to make one for the member who is signed in. What has to be right
/// before the browser's dialog opens is checked here.
/// </summary>
internal static class StaffPasskeyOffers
{
    public const string AddressToUse = $"{SignInPage.Address}/passkey";

    public const string AddressToMake = $"{NewStaffPasskeyPage.Address}/offer";

    public static void MapStaffPasskeyOffers(this IEndpointRouteBuilder app)
    {
        // Antiforgery is checked here, so that the script has a sentence to show.
        var offers = app.MapGroup("").WithMetadata(new PersonalPageAttribute()).DisableAntiforgery().ExcludeFromDescription();
        offers.MapPost(AddressToUse, OfferToUseAsync);
        offers.MapPost(AddressToMake, OfferToMakeAsync);
    }

    private static async Task<IResult> OfferToUseAsync(HttpContext http, IAntiforgery antiforgery, SignInLimit limit, PasskeyCeremonies<StaffMember> passkeys)
    {
        if (limit.HoldOffer(http) is { } hold)
        {
            return PasskeyOffer.Refused(http.Response.StatusCode, hold);
        }

        return await antiforgery.IsRequestValidAsync(http)
            ? (await passkeys.OfferToUseAsync()).ToResult()
            : Refused(PasskeyFault.Stale);
    }

    private static async Task<IResult> OfferToMakeAsync(
        HttpContext http, IAntiforgery antiforgery, OwnAccount own, StaffMembers members, PasskeyCeremonies<StaffMember> passkeys)
    {
        if (http.User.Identity is not { IsAuthenticated: true, Name: { } me } || await members.FindByNameAsync(me) is not { } member)
        {
            // Not by a policy: that would send the script to a page.
            return PasskeyOffer.Refused(StatusCodes.Status401Unauthorized, "You have been signed out meanwhile. Sign in, and try again.");
        }

        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Refused(PasskeyFault.Stale);
        }

        if (await members.HasAllPasskeysAsync(member))
        {
            return Refused(PasskeyFault.TooMany);
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!PasskeyName.TryRead(form[NewStaffPasskeyPage.NameField], out _))
        {
            return PasskeyOffer.Refused(StatusCodes.Status422UnprocessableEntity, PasskeySentences.NameFault, NewStaffPasskeyPage.NameId);
        }

        // A page that was left open is signed in, too, and a passkey would open it for good.
        return await own.ProveAsync(me, form[NewStaffPasskeyPage.PasswordField])
            ? (await passkeys.OfferToMakeAsync(member, me)).ToResult()
            : PasskeyOffer.Refused(StatusCodes.Status422UnprocessableEntity, "That is not your present password, or it rests after too many tries.", NewStaffPasskeyPage.PasswordId);
    }

    private static IResult Refused(PasskeyFault fault) => PasskeyOffer.Refused(fault.Status(), PasskeySentences.Of(fault));
}
