using System.Net;
using Microsoft.Extensions.Options;

namespace Storefront.Web.Api;

/// <summary>How fast one client may order, by the API and the checkout together.</summary>
public sealed class OrderPace(IOptions<RateLimitOptions> options, TimeProvider time)
{
    // Not before the settings are checked, which names all that are wrong.
    private readonly Lazy<ClientPace> _pace = new(() => new(options.Value.OrdersPerMinute, time));

    /// <inheritdoc cref="ClientPace.Clients" />
    public int Clients => _pace.Value.Clients;

    /// <inheritdoc cref="ClientPace.Hold" />
    public TimeSpan? Hold(IPAddress? address) => _pace.Value.Hold(address);
}
