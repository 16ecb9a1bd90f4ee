using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Data;

/// <summary>
/// For those who read often and little: contexts that are kept between reads, with their prepared statements.
/// (Opening one costs more than such a read.) Pages and everything else that reads now and then makes its own.
/// </summary>
public sealed class StoreReads(IDbContextFactory<StoreDb> contexts) : IDisposable
{
    /// <summary>Contexts kept; when more read at once, the rest are closed again.</summary>
    private const int Kept = 8;

    private readonly ConcurrentQueue<StoreDb> _idle = new();

    /// <exception cref="System.Data.Common.DbException">The database refused.</exception>
    public async Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var db = _idle.TryDequeue(out var kept) ? kept : await contexts.CreateDbContextAsync(cancellationToken);
        var whole = false;
        try
        {
            await db.WakeAsync(cancellationToken);
            var result = await read(db, cancellationToken);
            whole = true;
            return result;
        }
        finally
        {
            // After a fault its connection is not to be trusted.
            if (whole && _idle.Count < Kept)
            {
                db.Rest();
                _idle.Enqueue(db);
            }
            else
            {
                await db.DisposeAsync();
            }
        }
    }

    public void Dispose()
    {
        while (_idle.TryDequeue(out var db))
        {
            db.Dispose();
        }
    }
}
