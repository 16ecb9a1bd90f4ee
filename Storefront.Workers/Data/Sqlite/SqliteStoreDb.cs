using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Storefront.Data.Sqlite;

/// <summary>The store on SQLite; a type of its own because EF Core keeps one chain of migrations per context type.</summary>
public sealed class SqliteStoreDb(DbContextOptions<SqliteStoreDb> options) : StoreDb(options)
{
    /// <summary>Prepared once for the context's life; the one of the write lane lives long.</summary>
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public override Statement Sql(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_statements.TryGetValue(text, out var statement))
        {
            Database.OpenConnection();
            statement = _statements[text] = new((SqliteConnection)Database.GetDbConnection(), text);
        }

        return statement.With(values);
    }

    /// <summary>Readers then do not wait for the writer; kept in the database file once set.</summary>
    public override Task PrepareAsync(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);

    public override void Dispose()
    {
        EndStatements();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        EndStatements();
        return base.DisposeAsync();
    }

    private void EndStatements()
    {
        foreach (var (_, statement) in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }

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
