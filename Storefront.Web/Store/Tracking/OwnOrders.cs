using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>
/// The orders that this browser placed, kept in a cookie of its own: each number with its order's key. The key is the proof, so nothing has to be signed;
/// an entry that was tampered with, or is somebody else's, is simply not among them.
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

    /// <summary>Whether this browser placed the order.</summary>
    public bool Contains(OrderNumber number) => Numbers.Contains(number);

    /// <summary>Takes note that this browser placed an order. Works until the answer has begun.</summary>
    public void Add(OrderNumber number)
    {
        var context = http.HttpContext ?? throw new InvalidOperationException("A cookie cannot be set over a circuit.");
        _numbers = [number, .. Numbers.Where(n => n != number).Take(Most - 1)];
        context.Response.Cookies.Append(CookieName, string.Join(Between, _numbers.Select(n => $"{n}{BeforeKey}{keys.Of(n)}")), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = Lifetime,
        });
    }

    private IReadOnlyList<OrderNumber> Read(string? cookie) =>
        [.. (cookie ?? "").Split(Between, Most + 1).Take(Most).Select(Proven).OfType<OrderNumber>().Distinct()];

    private OrderNumber? Proven(string entry) =>
        entry.Split(BeforeKey) is [var text, var key] && OrderNumber.TryParse(text, out var number) && keys.Matches(number, key) ? number : null;
}
