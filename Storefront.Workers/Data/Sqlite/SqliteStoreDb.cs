using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Storefront.Data.Sqlite;

/// <summary>The store on SQLite; a type of its own because EF Core keeps one chain of migrations per context type.</summary>
public sealed class SqliteStoreDb(DbContextOptions<SqliteStoreDb> options) : StoreDb(options)
{
    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        // Deferred: EF Core's own BeginTransaction would take the write lock at once.
        var transaction = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await Database.UseTransactionAsync(transaction, cancellationToken))!;
    }
}

/// <summary>Hands out SQLite contexts to those who only know <see cref="StoreDb"/>.</summary>
internal sealed class SqliteContexts(IDbContextFactory<SqliteStoreDb> contexts) : IDbContextFactory<StoreDb>
{
    public StoreDb CreateDbContext() => contexts.CreateDbContext();
}

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteStoreDb>
{
    public SqliteStoreDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteStoreDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options);
}
