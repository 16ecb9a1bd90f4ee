using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>
/// The orders of this browser: those it placed, and those whose key it brought along. Kept in a cookie of its own, each number with its order's key, which is the
/// shop's signature under it (HMAC-SHA256): an entry that was tampered with, or is somebody else's, is simply not among them.
/// </summary>
public sealed class OwnOrders(IHttpContextAccessor http, OrderKeys keys)
{
    public const string CookieName = "orders";

    /// <summary>So many are kept, less than 1 KB of the 4 that a cookie may have.</summary>
    public const int Most = 20;

    private const char Between = '~';
    private const char BeforeKey = '.';

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private IReadOnlyList<OrderNumber>? _numbers;

    /// <summary>Their numbers, the newest first.</summary>
    public IReadOnlyList<OrderNumber> Numbers => _numbers ??= Read(http.HttpContext?.Request.Cookies[CookieName]);

    /// <summary>Whether the order is this browser's.</summary>
    public bool Contains(OrderNumber number) => Numbers.Contains(number);

    /// <summary>Takes note that the order is this browser's; of more than <see cref="Most"/> the oldest is dropped. Works until the answer has begun.</summary>
    public void Add(OrderNumber number) => Keep([number, .. Numbers.Where(n => n != number).Take(Most - 1)]);

    /// <summary>Takes an order out of this browser's memory. The order itself goes on, and its mailed link brings it back.</summary>
    public void Forget(OrderNumber number) => Keep([.. Numbers.Where(n => n != number)]);

    /// <summary>Takes all of them out.</summary>
    public void ForgetAll() => Keep([]);

    private void Keep(IReadOnlyList<OrderNumber> numbers)
    {
        _numbers = numbers;
        var context = http.HttpContext ?? throw new InvalidOperationException("A cookie cannot be set over a circuit.");
        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = Lifetime,
        };
        if (numbers.Count == 0)
        {
            cookie.MaxAge = null;
            context.Response.Cookies.Delete(CookieName, cookie);
        }
        else
        {
            context.Response.Cookies.Append(CookieName, string.Join(Between, numbers.Select(n => $"{n}{BeforeKey}{keys.Of(n)}")), cookie);
        }
    }

    private IReadOnlyList<OrderNumber> Read(string? cookie) =>
        [.. (cookie ?? "").Split(Between, Most + 1).Take(Most).Select(Proven).OfType<OrderNumber>().Distinct()];

    private OrderNumber? Proven(string entry) =>
        entry.Split(BeforeKey) is [var text, var key] && OrderNumber.TryParse(text, out var number) && keys.Matches(number, key) ? number : null;
}
