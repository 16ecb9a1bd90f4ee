using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Storefront.Data.Sqlite;

/// <summary>
/// A prepared statement, run by SQLite's own calls: an order takes some ninety of them, and through ADO.NET each costs several times what SQLite does for it.
/// It does not wait for locks: used inside a transaction that has begun, or to read (in WAL mode readers wait for nobody).
/// </summary>
internal sealed class SqliteStatement : Statement, IRow, IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int[]? _places;

    public SqliteStatement(SqliteConnection connection, string text)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, text, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Gives it its values: the same names in the same order each time.</summary>
    public SqliteStatement With(ReadOnlySpan<(string Name, object? Value)> values)
    {
        _places ??= Places(values);
        for (var i = 0; i < values.Length; i++)
        {
            var (place, (name, value)) = (_places[i], values[i]);
            Check(value switch
            {
                null => raw.sqlite3_bind_null(_statement, place),
                long number => raw.sqlite3_bind_int64(_statement, place, number),
                int number => raw.sqlite3_bind_int64(_statement, place, number),
                bool yes => raw.sqlite3_bind_int64(_statement, place, yes ? 1 : 0),
                string text => raw.sqlite3_bind_text(_statement, place, text),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
                _ => throw new ArgumentException($"{name} is a {value.GetType().Name}; a statement takes numbers, texts, bytes, and true or false.", nameof(values)),
            });
        }

        return this;
    }

    public override Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (Step())
            {
            }

            return Task.FromResult(raw.sqlite3_changes(_database));
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(make(this));
            }

            return Task.FromResult(rows);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public bool Truth(int column) => Number(column) != 0;

    public void Dispose() => _statement.Dispose();

    private int[] Places(ReadOnlySpan<(string Name, object? Value)> values)
    {
        var places = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            places[i] = raw.sqlite3_bind_parameter_index(_statement, values[i].Name);
        }

        return places;
    }

    /// <summary>True: on a row. False: done.</summary>
    private bool Step()
    {
        var answer = raw.sqlite3_step(_statement);
        if (answer is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return answer == raw.SQLITE_ROW;
        }

        Check(answer);
        throw new InvalidOperationException($"SQLite answered {answer} to a step.");
    }

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, _database);
}
