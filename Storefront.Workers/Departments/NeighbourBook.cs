using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Storefront.Data;

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
    private readonly Lock _lock = new();

    public NeighbourBook(IOptions<DataOptions> data)
    {
        _connection = new SqliteConnection($"Data Source={data.Value.PathOf("neighbours.db")};Pooling=False");
        _connection.Open();
        Run("""
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
            CREATE TABLE IF NOT EXISTS book (id INTEGER PRIMARY KEY, neighbour TEXT NOT NULL, key TEXT NOT NULL, calls INTEGER NOT NULL, effects INTEGER NOT NULL, reference TEXT NOT NULL, UNIQUE (neighbour, key));
            """);
        if (Run("SELECT 1 FROM pragma_table_info('book') WHERE name = 'withdrawn'") is null)
        {
            Run("ALTER TABLE book ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0");
        }
    }

    /// <summary>Asks a neighbour for something under a key. The first time it does it (<paramref name="effect"/> gets a running number); after that it only answers.</summary>
    /// <returns>What the neighbour gave back the first time; empty when the key was withdrawn before it had been asked.</returns>
    public string Ask(string neighbour, string key, Func<long, string> effect)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            if (Run("UPDATE book SET calls = calls + 1 WHERE neighbour = $neighbour AND key = $key AND (effects > 0 OR withdrawn > 0) RETURNING reference", neighbour, key) is string earlier)
            {
                transaction.Commit();
                return earlier;
            }

            var id = (long)Run("INSERT INTO book (neighbour, key, calls, effects, reference) VALUES ($neighbour, $key, 1, 0, '') ON CONFLICT DO UPDATE SET calls = calls + 1 RETURNING id", neighbour, key)!;
            var reference = effect(id);
            Run("UPDATE book SET effects = effects + 1, reference = $reference WHERE neighbour = $neighbour AND key = $key RETURNING id", neighbour, key, reference);
            transaction.Commit();
            return reference;
        }
    }

    /// <summary>Has a neighbour take back what it did under a key, once; from then on it does nothing more under it.</summary>
    /// <returns>What the neighbour had given back when it did it.</returns>
    public string Withdraw(string neighbour, string key, Action? effect = null)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            effect?.Invoke();
            var reference = Run("""
                INSERT INTO book (neighbour, key, calls, effects, reference, withdrawn) VALUES ($neighbour, $key, 0, 0, '', 1)
                ON CONFLICT DO UPDATE SET withdrawn = 1 RETURNING reference
                """, neighbour, key);
            transaction.Commit();
            return (string)reference!;
        }
    }

    /// <summary>Everything in the books.</summary>
    public IReadOnlyList<BookEntry> Entries()
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT neighbour, key, calls, effects, reference, withdrawn FROM book ORDER BY id";
            using var reader = command.ExecuteReader();
            var entries = new List<BookEntry>();
            while (reader.Read())
            {
                entries.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetString(4), reader.GetBoolean(5)));
            }

            return entries;
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Runs a command in the connection's transaction, if it has one, and gives its first value.</summary>
    private object? Run(string sql, string neighbour = "", string key = "", string reference = "")
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$neighbour", neighbour);
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$reference", reference);
        return command.ExecuteScalar();
    }
}
