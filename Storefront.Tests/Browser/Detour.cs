using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Browser;

/// <summary>One address that leads to one shop after the other, and to none in between: what a browser sees of a restart.</summary>
internal sealed class Detour : IDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private int? _port;

    public Detour()
    {
        _door.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_door.LocalEndpoint).Port}/");

    public void LeadTo(Uri shop)
    {
        lock (_lock)
        {
            _port = shop.Port;
        }
    }

    /// <summary>Every connection breaks, and new ones do too.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _port = null;
            _open.ForEach(c => c.Dispose());
            _open.Clear();
        }
    }

    public void Dispose()
    {
        Cut();
        _door.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _door.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The door is closed.
        }
    }

    private async Task ServeAsync(TcpClient visitor)
    {
        using var shop = new TcpClient();
        using (visitor)
        {
            int? port;
            lock (_lock)
            {
                port = _port;
                _open.AddRange([visitor, shop]);
            }

            try
            {
                if (port is { } open)
                {
                    await shop.ConnectAsync(IPAddress.Loopback, open);
                    await Task.WhenAny(visitor.GetStream().CopyToAsync(shop.GetStream()), shop.GetStream().CopyToAsync(visitor.GetStream()));
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut, or one side hung up.
            }
        }
    }
}
