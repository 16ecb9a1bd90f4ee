using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Storefront.Data.Postgres;

/// <summary>
/// The text of a hand-written command as the server takes it: its <c>@names</c> become <c>$1</c>, so that the driver need not read the text each time,
/// and each place keeps the type of its values, also where one is null: what the driver has prepared with other types it would run unprepared from then on.
/// So there is one of each text in a process, whichever of its connections the driver has prepared it on.
/// </summary>
internal sealed partial class PostgresText
{
    private static readonly ConcurrentDictionary<string, PostgresText> Known = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<(string One, int Count), string> _ofRows = [];
    private readonly Lock _learning = new();

    /// <summary>By place; <see cref="NpgsqlDbType.Unknown"/>: no value but null has been seen there.</summary>
    private readonly NpgsqlDbType[] _types;

    private volatile string _positional;

    private PostgresText(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in values)
        {
            places[name] = places.Count + 1;
        }

        _types = new NpgsqlDbType[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            _types[i] = TypeOf(values[i].Value);
        }

        _positional = Names().Replace(text, name => places.TryGetValue(name.Value, out var place)
            ? $"${place}"
            : throw new ArgumentException($"There is no value for {name.Value} in: {text}", nameof(values)));
    }

    /// <summary>As of the values that it was last given: after those.</summary>
    public string Positional => _positional;

    /// <summary>The one for a text; the values are those of any use of it.</summary>
    public static PostgresText Of(string text, ReadOnlySpan<(string Name, object? Value)> values) =>
        Known.TryGetValue(text, out var known) ? known : Known.GetOrAdd(text, new PostgresText(text, values));

    /// <summary>The text of an <c>INSERT … VALUES (…)</c> for so many rows at once; their values follow each other.</summary>
    public string PositionalOf(int rows) => rows == 1 ? Positional : _ofRows.GetOrAdd((Positional, rows), static (rows, places) =>
    {
        var row = rows.One[(rows.One.LastIndexOf("VALUES", StringComparison.Ordinal) + "VALUES".Length)..];
        var more = Enumerable.Range(1, rows.Count - 1).Select(i => Places().Replace(row, place =>
            string.Create(CultureInfo.InvariantCulture, $"${int.Parse(place.ValueSpan[1..], NumberStyles.None, CultureInfo.InvariantCulture) + (i * places)}")));
        return $"{rows.One},{string.Join(',', more)}";
    }, _types.Length);

    /// <summary>Sets a command's values, or the next row's: the same names in the same order each time.</summary>
    public void Give(NpgsqlParameterCollection parameters, ReadOnlySpan<(string Name, object? Value)> values, int row = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var place = (row * _types.Length) + i;
            if (place == parameters.Count)
            {
                parameters.Add(new());
            }

            var value = values[i].Value;
            if (_types[i] == NpgsqlDbType.Unknown && TypeOf(value) is not NpgsqlDbType.Unknown and var learnt)
            {
                Learn(i, learnt);
            }

            parameters[place].Value = value is string text ? StorableText.Of(text) : value ?? DBNull.Value;
            if (_types[i] is not NpgsqlDbType.Unknown and var type)
            {
                parameters[place].NpgsqlDbType = type;
            }
        }
    }

    /// <summary>With another type it is another text, to the driver.</summary>
    private void Learn(int place, NpgsqlDbType type)
    {
        lock (_learning)
        {
            if (_types[place] == NpgsqlDbType.Unknown)
            {
                _types[place] = type;
                _positional += " ";
            }
        }
    }

    /// <summary>Unknown: the server takes what the place in the text asks for.</summary>
    private static NpgsqlDbType TypeOf(object? value) => value switch
    {
        long => NpgsqlDbType.Bigint,
        int => NpgsqlDbType.Integer,
        string => NpgsqlDbType.Text,
        bool => NpgsqlDbType.Boolean,
        byte[] => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Unknown,
    };

    [GeneratedRegex("@[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("\\$[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
