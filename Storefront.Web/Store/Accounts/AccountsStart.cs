using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Storefront.Departments.Mail;
using Storefront.Web.Store.Accounts.Data;

namespace Storefront.Web.Store.Accounts;

/// <summary>Brings the accounts' database up to date before the shop opens; where there are no accounts, there is none.</summary>
public sealed class AccountsStart(IServiceScopeFactory scopes, IOptions<MailOptions> mail)
{
    /// <summary>Key of the advisory lock of whoever migrates; another than the shop's, which migrates before.</summary>
    private const long Turn = 0x61636374;

    /// <summary>Several processes may do it at once: one migrates, the others wait for it and find it done.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be opened.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!mail.Value.IsOn)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDb>().Database;
        await database.OpenConnectionAsync(cancellationToken);
        if (!database.IsNpgsql())
        {
            await database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            await database.MigrateAsync(cancellationToken);
            return;
        }

        // EF Core's own lock on PostgreSQL falls between two migrations.
        await database.ExecuteSqlRawAsync($"SELECT pg_advisory_lock({Turn})", cancellationToken);
        try
        {
            await database.MigrateAsync(cancellationToken);
        }
        finally
        {
            // Connections go back to the pool with the locks they hold.
            await database.ExecuteSqlRawAsync($"SELECT pg_advisory_unlock({Turn})", CancellationToken.None);
        }
    }
}
