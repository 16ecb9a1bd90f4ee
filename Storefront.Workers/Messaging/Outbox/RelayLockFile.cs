using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>On SQLite: a lock on a file beside the database that the operating system drops with its process. Once taken it is kept until the process ends.</summary>
internal sealed class RelayLockFile(IDbContextFactory<StoreDb> contexts, TimeProvider time) : IRelayLock, IDisposable
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    private FileStream? _held;

    public int Node => 0;

    public async Task<RelayPlace> TakeAsync(Action taken, CancellationToken cancellationToken)
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

        return new(_ => { });
    }

    public Task<IReadOnlySet<int>> OthersAsync(StoreDb db, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>());

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _held?.Dispose();

    private async Task<string> PathAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return db.Database.GetDbConnection().DataSource + ".relay";
    }
}
