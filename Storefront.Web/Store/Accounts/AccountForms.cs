using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Storefront.Languages;

namespace Storefront.Web.Store.Accounts;

/// <summary>What holds for every form of the accounts before anybody reads it.</summary>
public sealed class AccountForms(IAntiforgery antiforgery, AccountPace pace, Words words)
{
    /// <summary>Why a form is not taken, with the answer's status set; null: it is.</summary>
    public async Task<string?> RefusalAsync(HttpContext http)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return words["account.old"];
        }

        if (pace.Hold(http.Connection.RemoteIpAddress) is { } hold)
        {
            var seconds = (int)Math.Ceiling(hold.TotalSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return words.Count("find.too-many", seconds);
        }

        return null;
    }
}
