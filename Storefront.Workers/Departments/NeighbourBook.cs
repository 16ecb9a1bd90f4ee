using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Data.Sqlite;

namespace Storefront.Departments;

/// <summary>A line in a neighbour's book: how often it was asked, how often it did something, and whether that was taken back (or forbidden before it was done).</summary>
public sealed record BookEntry(string Neighbour, string Key, long Calls, long Effects, string Reference, bool Withdrawn = false);

/// <summary>
/// The books that the simulated neighbours (sales system, printer, packing table, carrier) keep of their own, outside the shop's database.
/// Like any decent partner they know a key they have seen: asked again, they give the earlier answer and do nothing. "Nothing twice" is read off here.
/// </summary>
public sealed class NeighbourBook : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public NeighbourBook(IOptions<DataOptions> data)
    {
        _connection = new SqliteConnection($"Data Source={data.Value.PathOf("neighbours.db")};Pooling=False");
        _connection.Open();
        using var opening = _connection.CreateCommand();
        opening.CommandText = """
            PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
            CREATE TABLE IF NOT EXISTS book (id INTEGER PRIMARY KEY, neighbour TEXT NOT NULL, key TEXT NOT NULL, calls INTEGER NOT NULL, effects INTEGER NOT NULL, reference TEXT NOT NULL, UNIQUE (neighbour, key));
            """;
        opening.ExecuteNonQuery();
        if (Run("SELECT 1 FROM pragma_table_info('book') WHERE name = 'withdrawn'", _ => true).Count == 0)
        {
            Run("ALTER TABLE book ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0", _ => true);
        }
    }

    /// <summary>Asks a neighbour for something under a key. The first time it does it (<paramref name="effect"/> gets a running number); after that it only answers.</summary>
    /// <returns>What the neighbour gave back the first time; empty when the key was withdrawn before it had been asked.</returns>
    public string Ask(string neighbour, string key, Func<long, string> effect) => Change(() =>
    {
        var (id, isKnown, earlier) = Run("""
            INSERT INTO book (neighbour, key, calls, effects, reference) VALUES (@neighbour, @key, 1, 0, '')
            ON CONFLICT DO UPDATE SET calls = calls + 1 RETURNING id, effects > 0 OR withdrawn > 0, reference
            """, row => (row.Number(0), row.Truth(1), row.Text(2)), ("@neighbour", neighbour), ("@key", key))[0];
        if (isKnown)
        {
            return earlier;
        }

        var reference = effect(id);
        Run("UPDATE book SET effects = effects + 1, reference = @reference WHERE id = @id RETURNING id", row => row.Number(0), ("@reference", reference), ("@id", id));
        return reference;
    });

    /// <summary>Has a neighbour take back what it did under a key, once; from then on it does nothing more under it.</summary>
    /// <returns>What the neighbour had given back when it did it.</returns>
    public string Withdraw(string neighbour, string key, Action? effect = null) => Change(() =>
    {
        effect?.Invoke();
        return Run("""
            INSERT INTO book (neighbour, key, calls, effects, reference, withdrawn) VALUES (@neighbour, @key, 0, 0, '', 1)
            ON CONFLICT DO UPDATE SET withdrawn = 1 RETURNING reference
            """, row => row.Text(0), ("@neighbour", neighbour), ("@key", key))[0];
    });

    /// <summary>Everything in the books.</summary>
    public IReadOnlyList<BookEntry> Entries()
    {
        lock (_lock)
        {
            return Run("SELECT neighbour, key, calls, effects, reference, withdrawn FROM book ORDER BY id",
                row => new BookEntry(row.Text(0), row.Text(1), row.Number(2), row.Number(3), row.Text(4), row.Truth(5)));
        }
    }

    public void Dispose()
    {
        foreach (var (_, statement) in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>One change of the book, all of it or nothing.</summary>
    private T Change<T>(Func<T> change)
    {
        lock (_lock)
        {
            Run("BEGIN IMMEDIATE", _ => true);
            try
            {
                var result = change();
                Run("COMMIT", _ => true);
                return result;
            }
            catch
            {
                Run("ROLLBACK", _ => true);
                throw;
            }
        }
    }

    private List<T> Run<T>(string sql, Func<IRow, T> make, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _statements[sql] = new(_connection, sql);
        }

        // It ends before it returns, as SQLite's calls do.
        return statement.With(values).ListAsync(make, CancellationToken.None).GetAwaiter().GetResult();
    }
}
