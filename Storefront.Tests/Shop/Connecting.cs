using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Tests.Shop;

/// <summary>A connection of a test's own to a broker that runs.</summary>
internal static class Connecting
{
    /// <summary>
    /// Connects, and tries again where that failed: the broker drops whom it has not greeted within ten seconds, which on a busy machine may be anybody.
    /// (Whoever is dropped is told that it may have been the password.)
    /// </summary>
    public static async Task<IConnection> ToAsync(Uri broker, string name, CancellationToken cancellationToken)
    {
        IConnection? connection = null;
        await Watching.UntilAsync($"{name} is at the broker", async () =>
        {
            try
            {
                connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(name, cancellationToken);
            }
            catch (BrokerUnreachableException)
            {
                // Once more.
            }

            return connection is not null;
        }, cancellationToken);
        return connection!;
    }
}
