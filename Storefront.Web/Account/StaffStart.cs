using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Auditing;
using Storefront.Data;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>Brings the staff's database up to date before the shop opens, and sees to it that somebody can sign in.</summary>
public sealed class StaffStart(IServiceScopeFactory scopes, StoreWrites writes, AuditLog audit, IOptions<DataOptions> data)
{
    /// <summary>Key of the advisory lock of whoever does it; another than those of the shop and of the accounts.</summary>
    private const long Turn = 0x73746166;

    /// <summary>Several processes may do it at once: one does, the others wait for it and find it done.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The file of an earlier version cannot be read; the message says what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await PrepareAsync(cancellationToken))
        {
            await writes.RunAsync(async (db, ct) =>
            {
                audit.Add(db, "The shop's settings", "staff.password", $"staff {FirstManager.Name}", "Staff:Password was changed: a manager, let in, without a second factor or passkeys.");
                return await db.SaveChangesAsync(ct);
            }, cancellationToken);
        }
    }

    private async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<StaffDb>().Database;
        if (!database.IsNpgsql() && data.Value.PathOf(StaffDb.File) is var file && !File.Exists(file))
        {
            // The keys of authenticators lie in it. What SQLite puts beside it gets the rights that it has.
            PrivateFile.Write(file, []);
        }

        await database.OpenConnectionAsync(cancellationToken);
        if (!database.IsNpgsql())
        {
            await database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            return await MigrateAsync();
        }

        // EF Core's own lock on PostgreSQL falls between two migrations.
        await database.ExecuteSqlRawAsync($"SELECT pg_advisory_lock({Turn})", cancellationToken);
        try
        {
            return await MigrateAsync();
        }
        finally
        {
            // Connections go back to the pool with the locks they hold.
            await database.ExecuteSqlRawAsync($"SELECT pg_advisory_unlock({Turn})", CancellationToken.None);
        }

        async Task<bool> MigrateAsync()
        {
            await database.MigrateAsync(cancellationToken);
            return await scope.ServiceProvider.GetRequiredService<FirstManager>().EnsureAsync();
        }
    }
}
