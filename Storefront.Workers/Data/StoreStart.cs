using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;

namespace Storefront.Data;

/// <summary>Brings the database up to date and fills the shelves the first time; done before the shop opens.</summary>
public sealed class StoreStart(IDbContextFactory<StoreDb> contexts, OpeningStock openingStock)
{
    /// <summary>For one step of a migration: an index over many orders takes its time, and another process that is migrating is waited for.</summary>
    private static readonly TimeSpan Migrating = TimeSpan.FromMinutes(10);

    /// <summary>Key of the advisory lock of whoever migrates; one number, so none of those that the nodes hold.</summary>
    private const long Turn = 0x73686f70;

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
            // EF Core's own lock on PostgreSQL falls between two migrations.
            if (db.Database.IsNpgsql())
            {
                await db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_lock({Turn})", cancellationToken);
            }

            try
            {
                await db.Database.MigrateAsync(cancellationToken);
                await openingStock.FillAsync(cancellationToken);
            }
            finally
            {
                // Connections go back to the pool with the locks they hold.
                if (db.Database.IsNpgsql())
                {
                    await db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_unlock({Turn})", CancellationToken.None);
                }
            }
        }
    }
}
