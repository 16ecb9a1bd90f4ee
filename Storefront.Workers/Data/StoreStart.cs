using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;

namespace Storefront.Data;

/// <summary>Brings the database up to date and fills the shelves the first time; done before the shop opens.</summary>
public sealed class StoreStart(IDbContextFactory<StoreDb> contexts, OpeningStock openingStock)
{
    /// <summary>For one step of a migration: an index over many orders takes its time, and another process that is migrating is waited for.</summary>
    private static readonly TimeSpan Migrating = TimeSpan.FromMinutes(10);

    /// <summary>Several processes may do it at once: one migrates and fills, the others wait for it and find it done.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be opened.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Migrating would make a database that is not there, and an address with a slip of the pen would open an empty shop.
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.PrepareAsync(cancellationToken);
            db.Database.SetCommandTimeout(Migrating);
            await db.Database.MigrateAsync(cancellationToken);
        }

        await openingStock.FillAsync(cancellationToken);
    }
}
