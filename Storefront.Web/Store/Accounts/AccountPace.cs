using System.Net;
using Microsoft.Extensions.Options;
using Storefront.Web.Api;

namespace Storefront.Web.Store.Accounts;

/// <summary>How fast one client may try: passwords, and addresses to write to.</summary>
public sealed class AccountPace(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly ClientPace _pace = new(options.Value.AccountTriesPerMinute, time);

    /// <inheritdoc cref="ClientPace.Hold" />
    public TimeSpan? Hold(IPAddress? address) => _pace.Hold(address);
}
