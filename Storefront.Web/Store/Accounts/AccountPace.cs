using System.Net;
using Microsoft.Extensions.Options;
using Storefront.Web.Api;

namespace Storefront.Web.Store.Accounts;

/// <summary>How fast one client may try: passwords, and addresses to write to.</summary>
public sealed class AccountPace(IOptions<RateLimitOptions> options, TimeProvider time)
{
    /// <summary>A sign-in page asks once by itself what to offer, whether anybody tries or not: so many of those come for each try.</summary>
    private const int LooksForATry = 5;

    private readonly ClientPace _pace = new(options.Value.AccountTriesPerMinute, time);
    private readonly ClientPace _looks = new(options.Value.AccountTriesPerMinute * LooksForATry, time);

    /// <inheritdoc cref="ClientPace.Hold" />
    public TimeSpan? Hold(IPAddress? address) => _pace.Hold(address);

    /// <summary>The same for what guesses nothing and writes to nobody.</summary>
    public TimeSpan? HoldLook(IPAddress? address) => _looks.Hold(address);
}
