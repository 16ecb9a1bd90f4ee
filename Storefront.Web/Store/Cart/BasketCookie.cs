namespace Storefront.Web.Store.Cart;

/// <summary>The visitor's basket, kept in a cookie of theirs: nothing of it lives in the shop until they order.</summary>
public sealed class BasketCookie(IHttpContextAccessor http)
{
    public const string Name = "basket";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private Basket? _current;

    /// <summary>The basket changed while a page was being made.</summary>
    public event EventHandler? Changed;

    /// <summary>The basket as it is now; an empty one where there is no cookie, or none that can be read.</summary>
    public Basket Current => _current ??= Basket.TryParse(http.HttpContext?.Request.Cookies[Name], out var kept) ? kept : Basket.Empty();

    /// <summary>Keeps the basket from now on. Works until the answer has begun.</summary>
    public void Save(Basket basket)
    {
        _current = basket;
        var context = http.HttpContext ?? throw new InvalidOperationException("A cookie cannot be set over a circuit.");
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = Lifetime,
        };
        if (basket.IsEmpty)
        {
            cookie.MaxAge = null;
            context.Response.Cookies.Delete(Name, cookie);
        }
        else
        {
            context.Response.Cookies.Append(Name, basket.ToString(), cookie);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
