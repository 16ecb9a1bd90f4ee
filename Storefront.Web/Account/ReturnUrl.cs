using Microsoft.AspNetCore.Http.HttpResults;

namespace Storefront.Web.Account;

/// <summary>Where to go after signing in: a page of this shop, whatever the address bar says.</summary>
internal static class ReturnUrl
{
    public const string Default = "/backoffice";

    public static string Local(string? wanted) =>
        wanted is ['/', ..] && RedirectHttpResult.IsLocalUrl(wanted) ? wanted : Default;
}
