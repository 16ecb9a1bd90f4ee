using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Storefront.Web.Api;

namespace Storefront.Web.Account;

/// <summary>Attempts to sign in: five a minute for one client, so that guessing takes longer than a password lives.</summary>
public sealed class SignInLimit : IDisposable
{
    public const int AttemptsPerMinute = 5;

    /// <summary>The sign-in page asks for one whenever it is opened.</summary>
    public const int OffersPerMinute = 5 * AttemptsPerMinute;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _attempts = Limiter(AttemptsPerMinute);
    private readonly PartitionedRateLimiter<IPAddress> _offers = Limiter(OffersPerMinute);

    /// <summary>Why an attempt is not heard, with the answer's status set; null: it is, and counts.</summary>
    public string? HoldAttempt(HttpContext http) => Hold(_attempts, http);

    /// <summary>The same for an offer to use a passkey.</summary>
    public string? HoldOffer(HttpContext http) => Hold(_offers, http);

    public void Dispose()
    {
        _attempts.Dispose();
        _offers.Dispose();
    }

    private static string? Hold(PartitionedRateLimiter<IPAddress> limiter, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(ClientPace.ClientOf(http.Connection.RemoteIpAddress));
        if (lease.IsAcquired)
        {
            return null;
        }

        var seconds = (int)Math.Ceiling((lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window).TotalSeconds);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return $"Too many attempts from your address. Try again in {seconds} seconds.";
    }

    private static PartitionedRateLimiter<IPAddress> Limiter(int permits) => PartitionedRateLimiter.Create<IPAddress, IPAddress>(client =>
        RateLimitPartition.GetFixedWindowLimiter(client, _ => new() { PermitLimit = permits, Window = Window }));
}
