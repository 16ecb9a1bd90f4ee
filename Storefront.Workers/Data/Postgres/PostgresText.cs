using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Storefront.Data.Postgres;

/// <summary>
/// The text of a hand-written command as the server takes it: its <c>@names</c> become <c>$1</c>, so that the driver need not read the text each time,
/// and each place keeps the type of its values, also where one is null: with other types, the driver would prepare it anew.
/// </summary>
internal sealed partial class PostgresText
{
    private readonly NpgsqlDbType?[] _types;

    public PostgresText(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in values)
        {
            places[name] = places.Count + 1;
        }

        _types = new NpgsqlDbType?[values.Length];
        Positional = Names().Replace(text, name => places.TryGetValue(name.Value, out var place)
            ? $"${place}"
            : throw new ArgumentException($"There is no value for {name.Value} in: {text}", nameof(values)));
    }

    public string Positional { get; }

    /// <summary>Sets a command's values: the same names in the same order each time.</summary>
    public void Give(NpgsqlParameterCollection parameters, ReadOnlySpan<(string Name, object? Value)> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i == parameters.Count)
            {
                parameters.Add(new());
            }

            var value = values[i].Value;
            _types[i] ??= TypeOf(value);
            parameters[i].Value = value is string text ? StorableText.Of(text) : value ?? DBNull.Value;
            if (_types[i] is { } type)
            {
                parameters[i].NpgsqlDbType = type;
            }
        }
    }

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
