using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>A hand-written command that is sent when it is run; kept with its context and used again.</summary>
internal sealed class PostgresStatement(NpgsqlConnection connection, PostgresText text) : Statement, IDisposable
{
    private readonly NpgsqlCommand _command = new(text.Positional, connection);

    public PostgresText Text => text;

    /// <summary>Gives it its values.</summary>
    public PostgresStatement With(ReadOnlySpan<(string Name, object? Value)> values)
    {
        text.Give(_command.Parameters, values);
        if (!ReferenceEquals(_command.CommandText, text.Positional))
        {
            _command.CommandText = text.Positional;
        }

        return this;
    }

    public override Task<int> RunAsync(CancellationToken cancellationToken) => _command.ExecuteNonQueryAsync(cancellationToken);

    public override async Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken)
    {
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, make, cancellationToken);
    }

    public void Dispose() => _command.Dispose();

    /// <summary>Makes something of each row of a result.</summary>
    public static async Task<List<T>> ReadAsync<T>(NpgsqlDataReader reader, Func<IRow, T> make, CancellationToken cancellationToken)
    {
        var (rows, row) = (new List<T>(), new Row(reader));
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(make(row));
        }

        return rows;
    }

    private sealed class Row(NpgsqlDataReader reader) : IRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public long Number(int column) => reader.GetInt64(column);

        public string Text(int column) => reader.GetString(column);

        public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

        public bool Truth(int column) => reader.GetBoolean(column);
    }
}
