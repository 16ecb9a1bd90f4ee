using Microsoft.EntityFrameworkCore;
using Storefront.Catalog;

namespace Storefront.Data;

/// <summary>Brings the database up to date and fills the shelves the first time; done before the shop opens.</summary>
public sealed class StoreStart(IDbContextFactory<StoreDb> contexts, OpeningStock openingStock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await db.Database.MigrateAsync(cancellationToken);
            if (db.Database.IsSqlite())
            {
                // Kept in the database file once set; readers then do not wait for the writer.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            }
        }

        await openingStock.FillAsync(cancellationToken);
    }
}
