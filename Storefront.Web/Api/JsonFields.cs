using System.Text.Json;

namespace Storefront.Web.Api;

/// <summary>
/// Reads the members of a JSON object one by one and notes every wrong type, where binding would stop at the first.
/// An optional member that is null counts as left out; members nobody asks for are ignored.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _prefix;
    private readonly List<Fault> _faults;

    /// <param name="json">A JSON object.</param>
    /// <param name="prefix">What stands before the names of its members in messages: empty, or the way to it with a closing dot.</param>
    /// <param name="faults">Where faults are noted.</param>
    public JsonFields(JsonElement json, string prefix, List<Fault> faults)
    {
        (_prefix, _faults) = (prefix, faults);
        foreach (var member in json.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                _faults.Add(new(prefix + member.Name, "stands in the body more than once; say it once."));
            }
        }
    }

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>A text; null when it is not there or is something else.</summary>
    public string? Text(string name, bool required = false)
    {
        if (!_members.TryGetValue(name, out var value) || (value.ValueKind == JsonValueKind.Null && !required))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _faults.Add(new(_prefix + name, $"must be a text; it is {Kind(value)}."));
        return null;
    }

    /// <summary>An object; null when it is not there or is something else.</summary>
    public JsonFields? Object(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new JsonFields(value, $"{_prefix}{name}.", _faults);
        }

        _faults.Add(new(_prefix + name, $"must be an object; it is {Kind(value)}."));
        return null;
    }

    /// <summary>A list of whole numbers of any size; what else stands in it is noted.</summary>
    public IReadOnlyList<JsonElement> WholeNumbers(string name)
    {
        if (!_members.TryGetValue(name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _faults.Add(new(_prefix + name, $"must be a list of whole numbers such as [2, 4, 42]; it is {Kind(value)}."));
            return [];
        }

        var entries = value.EnumerateArray().ToLookup(IsWhole);
        if (entries[false].Any())
        {
            // Told once for each kind of thing: a long list must not make an answer many times as long.
            var others = entries[false].Select(Kind).Distinct(StringComparer.Ordinal).Take(5);
            _faults.Add(new(_prefix + name, $"must be a list of whole numbers; in it {(entries[false].Skip(1).Any() ? "are" : "is")} also {string.Join(", ", others)}."));
        }

        return [.. entries[true]];
    }

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble());

    /// <summary>What a value is, in words.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Short(value)}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>A number as it was written, cut where nobody would read on.</summary>
    public static string Short(JsonElement number)
    {
        var text = number.GetRawText();
        return text.Length <= 24 ? text : text[..24] + "…";
    }
}
