using System.ComponentModel.DataAnnotations;

namespace Storefront.Web.Api;

/// <summary>Section <c>RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>Orders one client address may send in a minute, by the API and the checkout together; 0 switches the limit off.</summary>
    [Range(0, 1_000_000)]
    public int OrdersPerMinute { get; set; } = 60;

    /// <summary>
    /// How often one client address may ask in a minute for an order by number and e-mail; 0 switches the limit off. A number is made to be shared, so
    /// whoever has one could try addresses.
    /// </summary>
    [Range(0, 1_000_000)]
    public int LookupsPerMinute { get; set; } = 10;

    /// <summary>Forms of customers' accounts that one client address may send in a minute: passwords tried, mails asked for; 0 switches the limit off.</summary>
    [Range(0, 1_000_000)]
    public int AccountTriesPerMinute { get; set; } = 10;
}
