using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Storefront.Languages;

namespace Storefront.Web.Store.Accounts;

/// <summary>What holds for every form of the accounts before anybody reads it.</summary>
public sealed class AccountForms(IAntiforgery antiforgery, AccountPace pace, Words words)
{
    /// <summary>Why a form is not taken, with the answer's status set; null: it is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isTry">Whether something could be guessed, or somebody written to, by it.</param>
    public async Task<string?> RefusalAsync(HttpContext http, bool isTry = true)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return words["account.old"];
        }

        var client = http.Connection.RemoteIpAddress;
        if ((isTry ? pace.Hold(client) : pace.HoldLook(client)) is { } hold)
        {
            var seconds = (int)Math.Ceiling(hold.TotalSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return words.Count("find.too-many", seconds);
        }

        return null;
    }
}
