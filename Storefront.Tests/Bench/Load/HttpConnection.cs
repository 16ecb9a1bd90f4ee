using System.Net;
using System.Net.Sockets;

namespace Storefront.Tests.Bench.Load;

/// <summary>
/// One connection that is kept alive, on a blocking socket: a request costs two system calls and no scheduling, so that the load generator
/// leaves the processors to what it measures. For one thread.
/// </summary>
internal sealed class HttpConnection(IPEndPoint server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private byte[] _buffer = new byte[8 * 1024];
    private Socket? _socket;
    private int _length;

    /// <summary>The last answer, head and body; good until the next request.</summary>
    public ReadOnlySpan<byte> Answer => _buffer.AsSpan(0, _length);

    /// <summary>Connects beforehand, so that no request has to; if that fails, the request will say so.</summary>
    public void Connect()
    {
        try
        {
            _socket ??= Open();
        }
        catch (SocketException)
        {
            Dispose();
        }
    }

    /// <summary>Sends the request's bytes and waits for the whole answer.</summary>
    /// <returns>The status code; 0 when the connection broke or no answer came in 30 s. The next call connects again.</returns>
    public int Send(ReadOnlySpan<byte> request)
    {
        try
        {
            var socket = _socket ??= Open();
            for (var sent = 0; sent < request.Length;)
            {
                sent += socket.Send(request[sent..]);
            }

            return Receive(socket);
        }
        catch (Exception e) when (e is SocketException or InvalidDataException)
        {
            Dispose();
            return 0;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private int Receive(Socket socket)
    {
        _length = 0;
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var count = socket.Receive(_buffer.AsSpan(_length));
            if (count == 0)
            {
                throw new InvalidDataException("The server closed the connection.");
            }

            _length += count;
            if (HttpAnswer.LengthOf(Answer) > 0)
            {
                return HttpAnswer.StatusOf(Answer);
            }
        }
    }

    private Socket Open()
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true, ReceiveTimeout = (int)Patience.TotalMilliseconds, SendTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
