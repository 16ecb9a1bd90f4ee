using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Nodes;

/// <summary>A line to a server on which the server's answers can be held back for a while.</summary>
internal sealed class HeldLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _host;
    private readonly int _port;
    private volatile TaskCompletionSource _open = new();
    private volatile TaskCompletionSource _held = new();

    public HeldLine(string host, int port)
    {
        (_host, _port) = (host, port);
        _open.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the server is found by way of this line.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on answers are held back; returns when there is one.</summary>
    public Task HoldAsync(CancellationToken cancellationToken)
    {
        var held = _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return held.Task.WaitAsync(Watching.Bound, cancellationToken);
    }

    /// <summary>What was held back arrives, and whatever follows.</summary>
    public void Release() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Release();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_end.Token);
            var far = new TcpClient();
            await far.ConnectAsync(_host, _port, _end.Token);
            _ = PassAsync(near, far, answers: false);
            _ = PassAsync(far, near, answers: true);
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                if (answers && !_open.Task.IsCompleted)
                {
                    _held.TrySetResult();
                    await _open.Task;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end has gone.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
