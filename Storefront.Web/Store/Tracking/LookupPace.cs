using System.Net;
using Microsoft.Extensions.Options;
using Storefront.Web.Api;

namespace Storefront.Web.Store.Tracking;

/// <summary>How fast one client may ask for orders by number and e-mail.</summary>
public sealed class LookupPace(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly ClientPace _pace = new(options.Value.LookupsPerMinute, time);

    /// <inheritdoc cref="ClientPace.Hold" />
    public TimeSpan? Hold(IPAddress? address) => _pace.Hold(address);
}
