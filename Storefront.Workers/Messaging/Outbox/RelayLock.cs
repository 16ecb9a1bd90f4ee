using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// One relay per database: a lock on a file beside it that the operating system drops with its process. No leases, no duplicates in steady state.
/// </summary>
public sealed class RelayLock(IDbContextFactory<StoreDb> contexts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    private FileStream? _held;

    /// <summary>Returns once this process holds the lock; from then on it does until it ends.</summary>
    /// <param name="taken">Called when another process holds it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task TakeAsync(Action taken, CancellationToken cancellationToken)
    {
        while (_held is null)
        {
            try
            {
                _held = new FileStream(await PathAsync(cancellationToken), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another process relays; take over when it ends.
                taken();
                await Task.Delay(TryEvery, time, cancellationToken);
            }
        }
    }

    public void Dispose() => _held?.Dispose();

    private async Task<string> PathAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = db.Database.GetDbConnection();
        return db.Database.IsSqlite() ? connection.DataSource + ".relay" : Path.Combine(Path.GetTempPath(), $"{new Uri(connection.DataSource).Authority}-{connection.Database}.relay".Replace(':', '-'));
    }
}
