using System.Data.Common;
using Storefront.Tests.Bench.Report;

namespace Storefront.Tests.Bench.Peers;

/// <summary>Where peers get their databases from.</summary>
internal interface IDatabases
{
    /// <summary>How it is called in the report; empty for the usual one.</summary>
    string Label { get; }

    /// <summary>A new database for a peer, with seeded orders if that was wanted.</summary>
    /// <param name="folder">The peer's own data folder.</param>
    /// <param name="peer">Whose it will be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PeerDatabase> NewAsync(string folder, IPeer peer, CancellationToken cancellationToken);

    /// <summary>Waits for so long, and tells how much went on in the database meanwhile, as far as it can be told from outside.</summary>
    /// <param name="look">A connection to it.</param>
    /// <param name="length">How long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Figure> WatchAsync(DbConnection look, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>The server's process; null when the peer itself does the work.</summary>
    int? Server { get; }
}

/// <summary>A peer's database.</summary>
/// <param name="Settings">What the peer has to be told, as <c>Key=value</c>.</param>
/// <param name="Look">A connection of our own, open, to look into it; once the peer has made its tables.</param>
/// <param name="Drop">Takes it away.</param>
internal sealed record PeerDatabase(IReadOnlyList<string> Settings, Func<DbConnection> Look, Func<Task> Drop);
