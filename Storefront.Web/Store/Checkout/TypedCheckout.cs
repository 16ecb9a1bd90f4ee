using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Storefront.Web.Store.Checkout;

/// <summary>
/// What was typed into a checkout that had nothing left to order. It waits in a cookie of the visitor's, sealed, until they come back with other goods, for an hour at most;
/// the shop keeps nothing of it. A note was for those goods alone.
/// </summary>
public sealed class TypedCheckout(IHttpContextAccessor http, IDataProtectionProvider protection)
{
    public const string CookieName = "storefront.typed";

    /// <summary>Characters; browsers drop a cookie that has more than 4,096 with its name and traits.</summary>
    private const int Most = 3_800;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("storefront.checkout.typed.v1").ToTimeLimitedDataProtector();

    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("A cookie cannot be set over a circuit.");

    /// <summary>What waits; null: nothing does.</summary>
    public CheckoutForm? Find()
    {
        try
        {
            return Http.Request.Cookies[CookieName] is { } text ? JsonSerializer.Deserialize<CheckoutForm>(_seal.Unprotect(text)) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            // Too old, or not ours.
            return null;
        }
    }

    public void Keep(CheckoutForm form)
    {
        var typed = new CheckoutForm { Name = form.Name, Email = form.Email, Street = form.Street, City = form.City, Postcode = form.Postcode, Country = form.Country };
        var text = _seal.Protect(JsonSerializer.Serialize(typed), Lifetime);
        if (text.Length <= Most)
        {
            Http.Response.Cookies.Append(CookieName, text, Traits(Lifetime));
        }
    }

    /// <summary>An order was placed with it, or with something else.</summary>
    public void Forget()
    {
        if (Http.Request.Cookies.ContainsKey(CookieName))
        {
            Http.Response.Cookies.Delete(CookieName, Traits(lifetime: null));
        }
    }

    private CookieOptions Traits(TimeSpan? lifetime) => new()
    {
        Path = CheckoutPage.Address,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Http.Request.IsHttps,
        IsEssential = true,
        MaxAge = lifetime,
    };
}
