using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

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
        using var lease = _limiter.AttemptAcquire(ClientOf(address));
        wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>An IPv6 client has a whole /64 to choose addresses from, so that is what counts as one.</summary>
    private static IPAddress ClientOf(IPAddress? address)
    {
        address ??= IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
