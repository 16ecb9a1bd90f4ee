using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Storefront.Web.Store.Accounts.Data;

namespace Storefront.Web.Store.Accounts;

/// <summary>
/// A customer's session: a cookie under Identity's own scheme. It is no default scheme, so nothing but the account's pages ever asks for it,
/// and whoever has it is nobody in the back office.
/// </summary>
internal static class CustomerSession
{
    public const string CookieName = "storefront.customer";

    /// <summary>The scheme that Identity signs in with.</summary>
    public static readonly string Scheme = IdentityConstants.ApplicationScheme;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Lifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Asked of the database every time: another password, or signing out everywhere, ends all other sessions at once.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var signIn = context.HttpContext.RequestServices.GetRequiredService<SignInManager<CustomerAccount>>();
        if (await signIn.ValidateSecurityStampAsync(context.Principal) is not { EmailConfirmed: true })
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}
