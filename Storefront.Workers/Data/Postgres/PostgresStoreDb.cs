using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>The store on PostgreSQL; a type of its own because EF Core keeps one chain of migrations per context type.</summary>
public sealed class PostgresStoreDb(DbContextOptions<PostgresStoreDb> options) : StoreDb(options)
{
    /// <summary>Kept for the context's life: a unit of work runs many of them several times.</summary>
    private readonly Dictionary<string, PostgresCommand> _commands = new(StringComparer.Ordinal);

    public override Statement Sql(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var connection = (NpgsqlConnection)Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            Database.OpenConnection();
        }

        if (!_commands.TryGetValue(text, out var command))
        {
            _commands[text] = command = new(text, values);
        }

        return new(command.With(values, connection));
    }

    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        // One snapshot for all that is read in it; locks nobody out, and cannot fail by what others write.
        var transaction = await Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await Sql("SET TRANSACTION READ ONLY").RunAsync(cancellationToken);
        return transaction;
    }

    public override void Dispose()
    {
        EndCommands();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        EndCommands();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // By code point, as on SQLite: the same order whatever the server's language, and an index serves LIKE 'prefix%'.
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    private void EndCommands()
    {
        foreach (var (_, command) in _commands)
        {
            command.Dispose();
        }

        _commands.Clear();
    }
}

/// <summary>Hands out PostgreSQL contexts to those who only know <see cref="StoreDb"/>.</summary>
internal sealed class PostgresContexts(IDbContextFactory<PostgresStoreDb> contexts) : IDbContextFactory<StoreDb>
{
    public StoreDb CreateDbContext() => contexts.CreateDbContext();
}

/// <summary>For <c>dotnet ef migrations add</c>; no server is asked.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresStoreDb>
{
    public PostgresStoreDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresStoreDb>().UseNpgsql("Host=localhost").UseSnakeCaseNamingConvention().Options);
}
