using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>
/// What a unit of work has to say to the server and need not wait for, gathered to go together with what it does wait for: each by itself would
/// cost a journey there and back, during which the unit holds its locks.
/// </summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IDisposable
{
    private readonly List<Func<NpgsqlDataReader, CancellationToken, Task>> _readers = [];
    private NpgsqlBatch _batch = new(connection);

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    public void Dispose() => _batch.Dispose();

    /// <summary>Gathers a command that has no rows.</summary>
    public void Add(PostgresText text, ReadOnlySpan<(string Name, object? Value)> values) => _batch.BatchCommands.Add(CommandOf(text, values));

    /// <summary>Gathers an <c>INSERT</c> of several rows.</summary>
    public void Add(PostgresText text, IReadOnlyList<(string Name, object? Value)[]> rows)
    {
        var command = new NpgsqlBatchCommand();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Give(command.Parameters, rows[i], i);
        }

        command.CommandText = text.PositionalOf(rows.Count);
        _batch.BatchCommands.Add(command);
    }

    /// <summary>Gathers a command that has rows.</summary>
    public Asked<T> Ask<T>(PostgresText text, ReadOnlySpan<(string Name, object? Value)> values, Func<IRow, T> make) => Ask(CommandOf(text, values), make);

    /// <summary>A command that takes along what has been gathered when it is run.</summary>
    /// <param name="text">The command.</param>
    /// <param name="values">Its values.</param>
    /// <param name="isPatient">It need not be run at once either, unless it is asked for rows.</param>
    public Statement Of(PostgresText text, ReadOnlySpan<(string Name, object? Value)> values, bool isPatient) => new Last(this, CommandOf(text, values), isPatient);

    /// <summary>Runs a command with each of the values, after what has been gathered, and says how many rows each changed.</summary>
    public async Task<IReadOnlyList<int>> RunEachAsync(PostgresText text, IReadOnlyList<(string Name, object? Value)[]> values, CancellationToken cancellationToken)
    {
        var commands = values.Select(v => CommandOf(text, v)).ToList();
        commands.ForEach(_batch.BatchCommands.Add);
        await FlushAsync(cancellationToken);
        return commands.ConvertAll(c => c.RecordsAffected);
    }

    /// <summary>Sends what has been gathered, and hands out the rows that come back.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (IsEmpty)
        {
            return;
        }

        await using (var reader = await _batch.ExecuteReaderAsync(cancellationToken))
        {
            // Only commands that have rows, if only none of them, give a result.
            for (var i = 0; i < _readers.Count; i++)
            {
                await _readers[i](reader, cancellationToken);
                await reader.NextResultAsync(cancellationToken);
            }
        }

        Clear();
    }

    /// <summary>Forgets what has been gathered.</summary>
    public void Clear()
    {
        if (!IsEmpty)
        {
            _batch.Dispose();
            _batch = new(connection);
            _readers.Clear();
        }
    }

    private Asked<T> Ask<T>(NpgsqlBatchCommand command, Func<IRow, T> make)
    {
        var asked = new Asked<T>(FlushAsync);
        _batch.BatchCommands.Add(command);
        _readers.Add(async (reader, ct) => asked.Came(await PostgresStatement.ReadAsync(reader, make, ct)));
        return asked;
    }

    private static NpgsqlBatchCommand CommandOf(PostgresText text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new NpgsqlBatchCommand();
        text.Give(command.Parameters, values);
        command.CommandText = text.Positional;
        return command;
    }

    private sealed class Last(PostgresBatch batch, NpgsqlBatchCommand command, bool isPatient) : Statement
    {
        /// <summary>How many rows it changed; of a patient one nobody knows yet, and it says 0.</summary>
        public override async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            batch._batch.BatchCommands.Add(command);
            if (isPatient)
            {
                return 0;
            }

            await batch.FlushAsync(cancellationToken);
            return command.RecordsAffected;
        }

        public override async Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken) =>
            await batch.Ask(command, make).RowsAsync(cancellationToken);
    }
}
