using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Storefront.Data;

/// <summary>
/// The one way to write. A unit of work gets a fresh context inside one transaction, and awaits nothing but the database.
/// On SQLite one unit runs at a time: a second writer would only meet the driver's busy retry.
/// </summary>
public sealed class StoreWrites(IDbContextFactory<StoreDb> contexts, DatabaseStatus status) : IDisposable
{
    private readonly SemaphoreSlim _lane = new(1, 1);

    /// <summary>
    /// Runs <paramref name="unit"/> and commits what it saved, unless it throws or calls <see cref="StoreDb.Discard"/>.
    /// When this returns, the change is durable and its after-commit actions have run.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing of the unit remains.</exception>
    public async Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await unit(db, cancellationToken);
            if (!db.IsDiscarded)
            {
                // Not cancellable: a commit that may or may not have happened is worse than a late one.
                await transaction.CommitAsync(CancellationToken.None);
                status.Worked();
                db.Committed();
            }

            return result;
        }
        catch (Exception e)
        {
            status.Failed(e);
            throw;
        }
        finally
        {
            _lane.Release();
        }
    }

    /// <summary>
    /// The same for those behind the counter, who have no one to hand an error to: while the database is unwell it backs off and tries again.
    /// A unit that breaks a rule of the database is not tried again.
    /// </summary>
    public Task<T> InsistAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, ILogger log, CancellationToken cancellationToken) =>
        Insistence.RunAsync(ct => RunAsync(unit, ct), log, cancellationToken);

    public void Dispose() => _lane.Dispose();
}
