using RabbitMQ.Client;
using Storefront.Tests.Bench.Costs;

namespace Storefront.Tests.Bench.Peers;

/// <summary>The broker node of one contestant.</summary>
internal sealed class PeerBroker(PrivateBroker node) : IAsyncDisposable
{
    public Uri Uri => node.Uri;

    /// <summary>The node's process id.</summary>
    public int Id => int.Parse(File.ReadAllText(Path.Combine(node.Folder, "node.id")));

    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or the node did not start; says why.</exception>
    public static async Task<PeerBroker> StartAsync(CancellationToken cancellationToken) => new(await PrivateBroker.StartAsync(cancellationToken));

    /// <summary>What has gone through it since it started.</summary>
    public async Task<BrokerCounts> CountAsync(CancellationToken cancellationToken) => BrokerCounts.Read(
        await node.ControlAsync("eval 'rabbit_global_counters:overview().'", cancellationToken), await node.ControlAsync("list_connections recv_oct send_oct", cancellationToken));

    /// <summary>Takes queues away with all that is in them; those that are not there are no fault.</summary>
    public async Task DeleteAsync(IEnumerable<string> queues, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = Uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var queue in queues)
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
