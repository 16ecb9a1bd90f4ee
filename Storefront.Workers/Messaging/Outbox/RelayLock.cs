using Microsoft.Extensions.Hosting;
using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>One relay per database: whoever has the place relays, the others stand by. It falls free with its process, however that ends; no leases, no duplicates in steady state.</summary>
public interface IRelayLock : IHostedService
{
    /// <summary>This process's number among those on the database; 0 where there can be only one.</summary>
    int Node { get; }

    /// <summary>Returns once this process has the place, which it gives back by disposing of it.</summary>
    /// <param name="taken">Called when another process has it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<RelayPlace> TakeAsync(Action taken, CancellationToken cancellationToken);

    /// <summary>The numbers of the other processes on the database that live.</summary>
    Task<IReadOnlySet<int>> OthersAsync(StoreDb db, CancellationToken cancellationToken);
}
