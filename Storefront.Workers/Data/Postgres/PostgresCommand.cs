using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Storefront.Data.Postgres;

/// <summary>
/// A hand-written command that is run again and again. Its <c>@names</c> become the server's own <c>$1</c>, so that the driver need not read the text
/// each time, and each value keeps its type, also where it is null: with the types, the driver would prepare it anew.
/// </summary>
internal sealed partial class PostgresCommand : IDisposable
{
    private readonly NpgsqlCommand _command = new();

    public PostgresCommand(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in values)
        {
            places[name] = places.Count + 1;
            _command.Parameters.Add(new());
        }

        _command.CommandText = Names().Replace(text, name => places.TryGetValue(name.Value, out var place)
            ? $"${place}"
            : throw new ArgumentException($"There is no value for {name.Value} in: {text}", nameof(values)));
    }

    /// <summary>The command with these values: the same names in the same order each time.</summary>
    public NpgsqlCommand With(ReadOnlySpan<(string Name, object? Value)> values, NpgsqlConnection connection)
    {
        _command.Connection = connection;
        for (var i = 0; i < values.Length; i++)
        {
            var (parameter, value) = (_command.Parameters[i], values[i].Value);
            parameter.Value = value is string text ? StorableText.Of(text) : value ?? DBNull.Value;
            if (TypeOf(value) is { } type)
            {
                parameter.NpgsqlDbType = type;
            }
        }

        return _command;
    }

    public void Dispose() => _command.Dispose();

    /// <summary>Null: not known yet; the server then takes what the place in the text asks for.</summary>
    private static NpgsqlDbType? TypeOf(object? value) => value switch
    {
        long => NpgsqlDbType.Bigint,
        int => NpgsqlDbType.Integer,
        string => NpgsqlDbType.Text,
        bool => NpgsqlDbType.Boolean,
        byte[] => NpgsqlDbType.Bytea,
        _ => null,
    };

    [GeneratedRegex("@[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Names();
}
