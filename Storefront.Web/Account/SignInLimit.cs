using System.Net;
using System.Threading.RateLimiting;
using Storefront.Web.Api;

namespace Storefront.Web.Account;

/// <summary>Attempts to sign in: five a minute for one client, so that guessing takes longer than a password lives.</summary>
public sealed class SignInLimit : IDisposable
{
    public const int AttemptsPerMinute = 5;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(client =>
        RateLimitPartition.GetFixedWindowLimiter(client, _ => new() { PermitLimit = AttemptsPerMinute, Window = Window }));

    /// <summary>Counts an attempt. False: too many; try again after <paramref name="wait"/>.</summary>
    public bool TryEnter(IPAddress? address, out TimeSpan wait)
    {
        using var lease = _limiter.AttemptAcquire(ClientPace.ClientOf(address));
        wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
