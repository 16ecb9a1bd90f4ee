using System.Globalization;
using System.Text;

namespace Storefront.Languages;

/// <summary>A text with places in it: <c>Only {stock} left</c>.</summary>
public sealed class Template
{
    // Text and names of places by turns, beginning with text.
    private readonly string[] _parts;

    /// <exception cref="InvalidDataException">A brace opens a place and none closes it, or the other way round.</exception>
    public Template(string text)
    {
        Text = text;
        _parts = text.Split('{', '}');
        if (_parts.Length % 2 == 0)
        {
            throw new InvalidDataException($"The text '{text}' has a brace without its other half.");
        }
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The names of its places.</summary>
    public IEnumerable<string> Places => _parts.Where((_, i) => i % 2 == 1);

    /// <summary>The text with the values in their places, written as the culture does. A place without a value stays as it was written.</summary>
    public string Fill(ReadOnlySpan<(string Name, object? Value)> values, CultureInfo culture)
    {
        if (_parts.Length == 1)
        {
            return Text;
        }

        var filled = new StringBuilder(Text.Length + 32).Append(_parts[0]);
        for (var i = 1; i < _parts.Length; i += 2)
        {
            filled.Append(ValueOf(_parts[i], values, culture)).Append(_parts[i + 1]);
        }

        return filled.ToString();
    }

    private static string? ValueOf(string name, ReadOnlySpan<(string Name, object? Value)> values, CultureInfo culture)
    {
        foreach (var value in values)
        {
            if (value.Name == name)
            {
                return value.Value switch
                {
                    int or long => ((IFormattable)value.Value).ToString("N0", culture),
                    IFormattable number => number.ToString(null, culture),
                    var other => other?.ToString(),
                };
            }
        }

        return $"{{{name}}}";
    }
}
