using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Faults;

/// <summary>A network between the shop and its broker that can swallow what is sent: connections stay open at both ends and nothing arrives any more.</summary>
internal sealed class BlackHole : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<(TcpClient Near, TcpClient Far, CancellationToken Open)> _lines = [];
    private readonly Uri _broker;
    private volatile CancellationTokenSource _swallow = new();

    public BlackHole(Uri broker)
    {
        _broker = broker;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The broker, as seen through this network.</summary>
    public Uri Uri => new UriBuilder(_broker) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    /// <summary>Whatever is open now falls silent; new connections are as good as ever.</summary>
    public void Swallow() => Interlocked.Exchange(ref _swallow, new CancellationTokenSource()).Cancel();

    /// <summary>Both ends of what fell silent learn at last that it is over.</summary>
    public void CutSwallowed() => Cut(line => line.Open.IsCancellationRequested);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut(_ => true);
    }

    private void Cut(Predicate<(TcpClient Near, TcpClient Far, CancellationToken Open)> which)
    {
        lock (_lines)
        {
            foreach (var (near, far, _) in _lines.FindAll(which))
            {
                near.Dispose();
                far.Dispose();
            }

            _lines.RemoveAll(which);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var near = await _listener.AcceptTcpClientAsync(_end.Token);
            var far = new TcpClient();
            try
            {
                await far.ConnectAsync(_broker.Host, _broker.Port, _end.Token);
            }
            catch (SocketException)
            {
                // The broker is not there: neither is anybody who would answer here.
                near.Dispose();
                continue;
            }

            var open = _swallow.Token;
            lock (_lines)
            {
                _lines.Add((near, far, open));
            }

            _ = PassAsync(near, far, open);
            _ = PassAsync(far, near, open);
        }
    }

    /// <summary>Passes bytes on, and the end of them, until they are swallowed.</summary>
    private static async Task PassAsync(TcpClient from, TcpClient to, CancellationToken open)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), open);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Swallowed, or one end has gone.
        }
    }
}
