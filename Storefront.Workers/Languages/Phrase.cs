using System.Collections.Frozen;
using System.Text.Json;

namespace Storefront.Languages;

/// <summary>A text of a language file: one, or one for every plural form.</summary>
public sealed class Phrase
{
    /// <summary>The form that stands in for every other.</summary>
    public const string Other = "other";

    private readonly FrozenDictionary<string, Template> _forms;

    private Phrase(IEnumerable<KeyValuePair<string, string>> forms)
    {
        _forms = forms.ToFrozenDictionary(f => f.Key, f => new Template(f.Value), StringComparer.Ordinal);
        Whole = _forms[Other];
    }

    /// <summary>The names of its forms; <c>other</c> alone where it does not count anything.</summary>
    public IEnumerable<string> Forms => _forms.Keys;

    /// <summary>The text, or its form <c>other</c>.</summary>
    public Template Whole { get; }

    /// <summary>The text for a plural form.</summary>
    public Template this[string form] => _forms.GetValueOrDefault(form, Whole);

    internal static Phrase Of(JsonElement value) => new(value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().Select(f => KeyValuePair.Create(f.Name, f.Value.GetString()!))
        : [KeyValuePair.Create(Other, value.GetString()!)]);
}
