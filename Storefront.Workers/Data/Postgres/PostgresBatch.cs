using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>
/// What a unit of work writes when it is saved, sent together: each would cost a journey to the server and back, during which the unit holds its locks.
/// A command that is asked for rows is sent at once, and those before it along with it.
/// </summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IDisposable
{
    private NpgsqlBatch _batch = new(connection);

    public void Dispose() => _batch.Dispose();

    /// <summary>A command for the batch, with its values.</summary>
    public Statement Of(PostgresText text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new NpgsqlBatchCommand(text.Positional);
        text.Give(command.Parameters, values);
        return new Part(this, command);
    }

    /// <summary>Sends what has been gathered.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.BatchCommands.Count > 0)
        {
            await _batch.ExecuteNonQueryAsync(cancellationToken);
            Renew();
        }
    }

    private void Renew()
    {
        _batch.Dispose();
        _batch = new(connection);
    }

    private sealed class Part(PostgresBatch owner, NpgsqlBatchCommand command) : Statement
    {
        /// <summary>Says 0: nobody knows yet.</summary>
        public override Task<int> RunAsync(CancellationToken cancellationToken)
        {
            owner._batch.BatchCommands.Add(command);
            return Task.FromResult(0);
        }

        public override async Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken)
        {
            owner._batch.BatchCommands.Add(command);
            List<T> rows;
            await using (var reader = await owner._batch.ExecuteReaderAsync(cancellationToken))
            {
                // The results before the last are of commands that nobody asked for rows, and have none.
                do
                {
                    rows = await PostgresStatement.ReadAsync(reader, make, cancellationToken);
                }
                while (await reader.NextResultAsync(cancellationToken));
            }

            owner.Renew();
            return rows;
        }
    }
}
