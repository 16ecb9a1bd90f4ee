using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Storefront.Web.Store.Accounts.Data;
using Storefront.Web.Store.Accounts.Pages;

namespace Storefront.Web.Store.Accounts;

/// <summary>The posts that end a customer's session here, or all of their sessions.</summary>
public static class SignOutForm
{
    public const string Address = $"{AccountPage.Address}/signout";

    public const string AddressOfAll = $"{Address}/everywhere";

    public static void MapCustomerSignOut(this IEndpointRouteBuilder app)
    {
        var signOut = app.MapGroup(Address).WithMetadata(new PersonalPageAttribute(), new NeedsMailAttribute()).ExcludeFromDescription();
        signOut.MapPost("", SignOutAsync);
        signOut.MapPost("/everywhere", SignOutEverywhereAsync);
        // The address stays in the browser when the post was refused.
        signOut.MapGet("/{everywhere?}", () => new SeeOther(AccountPage.Address));
    }

    private static async Task<SeeOther> SignOutAsync([FromForm] IFormCollection form, SignInManager<CustomerAccount> signIn)
    {
        await signIn.SignOutAsync();
        return new SeeOther(CustomerSignInPage.AddressAfterLeaving);
    }

    private static async Task<SeeOther> SignOutEverywhereAsync(
        [FromForm] IFormCollection form, SignInManager<CustomerAccount> signIn, UserManager<CustomerAccount> accounts, SignedInCustomer customer)
    {
        if (await customer.WhoAsync() is { } who && await accounts.GetUserAsync(who) is { } account)
        {
            await accounts.UpdateSecurityStampAsync(account);
        }

        await signIn.SignOutAsync();
        return new SeeOther(CustomerSignInPage.AddressAfterLeaving);
    }
}
