using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>The store on PostgreSQL; a type of its own because EF Core keeps one chain of migrations per context type.</summary>
public sealed class PostgresStoreDb(DbContextOptions<PostgresStoreDb> options) : StoreDb(options)
{
    private static readonly PostgresText Commit = PostgresText.Of("COMMIT", []);

    /// <summary>Kept for the context's life: a unit of work runs some of them several times, and a context serves many units.</summary>
    private readonly Dictionary<string, PostgresStatement> _statements = new(StringComparer.Ordinal);

    private PostgresBatch? _gathered;
    private bool _isSaving;

    internal override bool LocksRows => true;

    private PostgresBatch Gathered => _gathered ??= new((NpgsqlConnection)Database.GetDbConnection());

    public override Statement Sql(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var statement = Prepared(text, values);
        return _isSaving || _gathered is { IsEmpty: false } ? Gathered.Of(statement.Text, values, isPatient: _isSaving) : statement.With(values);
    }

    /// <summary>Gathered, to go with the next statement whose outcome matters; or with the commit.</summary>
    public override Task SendAsync(string text, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (Database.CurrentTransaction is null)
        {
            return base.SendAsync(text, cancellationToken, values);
        }

        Gathered.Add(Prepared(text, values).Text, values);
        return Task.CompletedTask;
    }

    /// <summary>Gathered like <see cref="SendAsync"/>; until it is sent, nobody waits.</summary>
    public override Task<Asked<T>> AskAsync<T>(string text, Func<IRow, T> make, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Database.CurrentTransaction is null
            ? base.AskAsync(text, make, cancellationToken, values)
            : Task.FromResult(Gathered.Ask(Prepared(text, values).Text, values, make));

    public override Task<IReadOnlyList<int>> RunEachAsync(string text, IReadOnlyList<(string Name, object? Value)[]> values, CancellationToken cancellationToken) =>
        values.Count == 0 ? Task.FromResult<IReadOnlyList<int>>([]) : Gathered.RunEachAsync(Prepared(text, values[0]).Text, values, cancellationToken);

    /// <summary>Gathered like <see cref="SendAsync"/>, as one statement.</summary>
    public override Task InsertEachAsync(string text, IReadOnlyList<(string Name, object? Value)[]> rows, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is null)
        {
            return base.InsertEachAsync(text, rows, cancellationToken);
        }

        if (rows.Count > 0)
        {
            Gathered.Add(Prepared(text, rows[0]).Text, rows);
        }

        return Task.CompletedTask;
    }

    /// <summary>From the sequence that the column is filled by.</summary>
    internal override Task<Asked<long>> AskOrderIdAsync(CancellationToken cancellationToken) => AskAsync("SELECT nextval('orders_id_seq')", row => row.Number(0), cancellationToken);

    /// <summary>Without holding up a thread: while all connections are taken, those who have them may need it to go on.</summary>
    internal override Task WakeAsync(CancellationToken cancellationToken) => Database.OpenConnectionAsync(cancellationToken);

    /// <summary>The connection goes back to the pool, which has not many.</summary>
    internal override void Rest() => Database.CloseConnection();

    /// <summary>Sends what has been gathered.</summary>
    internal Task FlushAsync(CancellationToken cancellationToken) => _gathered?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Commits, in one journey with what has been gathered.</summary>
    internal async Task CommitAsync(IDbContextTransaction transaction)
    {
        if (_gathered is not { IsEmpty: false } gathered)
        {
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }

        // The driver sees by the server's answer that its transaction is over.
        gathered.Add(Commit, ReadOnlySpan<(string, object?)>.Empty);
        await gathered.FlushAsync(CancellationToken.None);
    }

    /// <summary>Forgets what has been gathered: the unit of work is rolled back.</summary>
    internal void ForgetGathered() => _gathered?.Clear();

    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        // One snapshot for all that is read in it; locks nobody out, and cannot fail by what others write.
        var transaction = await Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await Sql("SET TRANSACTION READ ONLY").RunAsync(cancellationToken);
        return transaction;
    }

    /// <summary>A name that the database cannot write down would only show when somebody of that name orders.</summary>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var encoding = (await Sql("SHOW server_encoding").ListAsync(row => row.Text(0), cancellationToken)).Single();
        if (encoding != "UTF8")
        {
            var name = Database.GetDbConnection().Database;
            throw new InvalidDataException(
                $"ConnectionStrings:Store: the database '{name}' keeps texts in {encoding}, and the shop's are UTF8. Make another: createdb --encoding=UTF8 --template=template0 NAME.");
        }
    }

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

    protected override async Task WriteAsync(IReadOnlyList<Func<CancellationToken, Task>> noted, CancellationToken cancellationToken)
    {
        _isSaving = true;
        try
        {
            await base.WriteAsync(noted, cancellationToken);
        }
        finally
        {
            _isSaving = false;
        }

        if (Database.CurrentTransaction is null)
        {
            await FlushAsync(cancellationToken);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // By code point, as on SQLite: the same order whatever the server's language, and an index serves LIKE 'prefix%'.
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    private PostgresStatement Prepared(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var connection = (NpgsqlConnection)Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            Database.OpenConnection();
        }

        if (!_statements.TryGetValue(text, out var statement))
        {
            statement = _statements[text] = new(connection, PostgresText.Of(text, values));
        }

        return statement;
    }

    private void EndStatements()
    {
        _gathered?.Dispose();
        foreach (var (_, statement) in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();
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
