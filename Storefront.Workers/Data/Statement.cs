using System.Data.Common;

namespace Storefront.Data;

/// <summary>
/// One hand-written command on the connection and in the transaction of its unit of work. For the few steps that every order takes, where the
/// profile shows that reading a query and tracking its results costs more than the database does; everything else is EF Core.
/// </summary>
public abstract class Statement
{
    /// <summary>Runs it and gives the number of rows it changed.</summary>
    public abstract Task<int> RunAsync(CancellationToken cancellationToken);

    /// <summary>Runs it and makes something of each row.</summary>
    public abstract Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken);

    /// <summary>A command of the provider, with its values.</summary>
    internal static Statement Of(DbCommand command, ReadOnlySpan<(string Name, object? Value)> values)
    {
        // The same names in the same order each time: a prepared command is used again.
        for (var i = 0; i < values.Length; i++)
        {
            if (i == command.Parameters.Count)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = values[i].Name;
                command.Parameters.Add(parameter);
            }

            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        return new OfProvider(command);
    }

    private sealed class OfProvider(DbCommand command) : Statement
    {
        public override Task<int> RunAsync(CancellationToken cancellationToken) => command.ExecuteNonQueryAsync(cancellationToken);

        public override async Task<List<T>> ListAsync<T>(Func<IRow, T> make, CancellationToken cancellationToken)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var row = new ReaderRow(reader);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(make(row));
            }

            return rows;
        }
    }

    private sealed class ReaderRow(DbDataReader reader) : IRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public long Number(int column) => reader.GetInt64(column);

        public string Text(int column) => reader.GetString(column);

        public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

        public bool Truth(int column) => reader.GetBoolean(column);
    }
}

/// <summary>A row of a statement's result; columns count from 0, as the statement names them.</summary>
public interface IRow
{
    bool IsNull(int column);

    long Number(int column);

    string Text(int column);

    byte[] Bytes(int column);

    bool Truth(int column);
}

/// <summary>What rows hold besides numbers and texts.</summary>
internal static class RowValues
{
    public static string? TextOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    public static long? NumberOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Number(column);

    /// <summary>A time, kept as UTC ticks.</summary>
    public static DateTimeOffset Time(this IRow row, int column) => new(row.Number(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Time(column);
}
