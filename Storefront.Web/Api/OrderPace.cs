using System.Net;
using Microsoft.Extensions.Options;

namespace Storefront.Web.Api;

/// <summary>How fast one client may order, by the API and the checkout together.</summary>
public sealed class OrderPace(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly ClientPace _pace = new(options.Value.OrdersPerMinute, time);

    /// <inheritdoc cref="ClientPace.Clients" />
    public int Clients => _pace.Clients;

    /// <inheritdoc cref="ClientPace.Hold" />
    public TimeSpan? Hold(IPAddress? address) => _pace.Hold(address);
}
