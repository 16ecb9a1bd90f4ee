using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Storefront.Web.Api;

/// <summary>
/// How fast one client may do something: so many in a minute that begins with its first. Of our own because the framework's limiters
/// can only say how long a window is, not when it ends, and Retry-After should be the truth; also they take no <see cref="TimeProvider"/>.
/// </summary>
/// <param name="limit">How often in a minute; 0 switches the limit off.</param>
/// <param name="time">The clock.</param>
public sealed class ClientPace(int limit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, Minute> _clients = new();
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Clients with a minute running; what is over goes with the first one a minute later.</summary>
    public int Clients => _clients.Count;

    /// <summary>Counts one; null when it may go on, otherwise how long until the next may.</summary>
    public TimeSpan? Hold(IPAddress? address)
    {
        if (limit == 0)
        {
            return null;
        }

        var now = time.GetTimestamp();
        Sweep(now);
        var minute = _clients.GetOrAdd(ClientOf(address), static (_, start) => new Minute { Start = start }, now);
        lock (minute)
        {
            var elapsed = time.GetElapsedTime(minute.Start, now);
            if (elapsed >= Window)
            {
                (minute.Start, minute.Count, elapsed) = (now, 0, TimeSpan.Zero);
            }

            return ++minute.Count <= limit ? null : Window - elapsed;
        }
    }

    /// <summary>Whose budget an address uses: IPv6 by /64, which is what one household or server has for itself.</summary>
    internal static IPAddress ClientOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]);
    }

    private void Sweep(long now)
    {
        var last = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(last, now) < Window || Interlocked.CompareExchange(ref _sweptAt, now, last) != last)
        {
            return;
        }

        foreach (var client in _clients)
        {
            if (time.GetElapsedTime(client.Value.Start, now) >= Window)
            {
                _clients.TryRemove(client);
            }
        }
    }

    private sealed class Minute
    {
        private long _start;

        public long Start
        {
            get => Volatile.Read(ref _start);
            set => Volatile.Write(ref _start, value);
        }

        public int Count { get; set; }
    }
}
