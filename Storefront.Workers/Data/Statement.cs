using System.Data.Common;

namespace Storefront.Data;

/// <summary>
/// One hand-written command on the connection and in the transaction of its unit of work. For the few steps that every order takes, where the
/// profile shows that reading a query and tracking its results costs more than the database does; everything else is EF Core.
/// </summary>
public readonly struct Statement(DbCommand command)
{
    /// <summary>Runs it and gives the number of rows it changed.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => command.ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Runs it and gives the first value of the first row; null when there is none, or it is.</summary>
    public async Task<object?> ValueAsync(CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;

    /// <summary>Runs it and makes something of each row.</summary>
    public async Task<List<T>> ListAsync<T>(Func<DbDataReader, T> make, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(make(reader));
        }

        return rows;
    }

    /// <summary>Gives the command its values; the same names in the same order each time, since a prepared command is used again.</summary>
    internal static Statement Of(DbCommand command, ReadOnlySpan<(string Name, object? Value)> values)
    {
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

        return new(command);
    }
}
