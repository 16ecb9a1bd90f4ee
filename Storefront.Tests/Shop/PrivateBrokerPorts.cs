using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Storefront.Tests.Shop;

/// <summary>Ports for a <see cref="PrivateBroker"/>, and whether one of them is served already.</summary>
internal static class PrivateBrokerPorts
{
    private static readonly HashSet<int> Given = [];
    private static readonly byte[] AmqpGreeting = [.. "AMQP"u8, 0, 0, 9, 1];

    /// <summary>
    /// Ports below the range that the system gives to outgoing connections: from that range, a client that looks for a broker
    /// that is down could be given the broker's own port, and would find itself there. None is given twice in a run: whoever has it may not listen yet,
    /// or not at the moment.
    /// </summary>
    public static int[] FindFree(int count)
    {
        var held = new List<TcpListener>();
        while (held.Count < count)
        {
            var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 32_000));
            try
            {
                listener.Start();
                if (IsNew(((IPEndPoint)listener.LocalEndpoint).Port))
                {
                    held.Add(listener);
                }
                else
                {
                    listener.Dispose();
                }
            }
            catch (SocketException)
            {
                listener.Dispose(); // taken; try another
            }
        }

        var ports = held.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        held.ForEach(listener => listener.Dispose());
        return [.. ports];
    }

    private static bool IsNew(int port)
    {
        lock (Given)
        {
            return Given.Add(port);
        }
    }

    /// <summary>
    /// Whether a broker speaks AMQP on the port. RabbitMQ opens its listener as the last step of starting, so nothing slower
    /// (<c>rabbitmqctl await_startup</c>) has to be asked.
    /// </summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            await client.GetStream().WriteAsync(AmqpGreeting, cancellationToken);
            var first = new byte[1];
            return await client.GetStream().ReadAsync(first, cancellationToken) == 1 && first[0] == 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
