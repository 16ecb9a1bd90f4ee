namespace Storefront.Languages;

/// <summary>
/// The shop's texts in one language. Keys are <c>area.page.thing</c>; what the language lacks is said in English, and a key that nobody knows stands for
/// itself (a test finds it). Texts are plain: whoever shows them encodes them.
/// </summary>
public sealed class Words(Language language)
{
    /// <summary>The language they are in.</summary>
    public Language Language { get; private set; } = language;

    /// <summary>The text of a key.</summary>
    public string this[string key] => Say(key);

    /// <summary>From now on in another language: a circuit learns from its page which one that is.</summary>
    public void Speak(Language other) => Language = other;

    /// <summary>The text of a key with values in its places.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Find(key) is { } found ? found.Phrase.Whole.Fill(values, found.In.Culture) : key;

    /// <summary>The text of a key in the form for so many, which stand at its place <c>{count}</c>.</summary>
    public string Count(string key, long count, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Find(key) is { } found ? found.Phrase[found.In.FormOf(count)].Fill([("count", count), .. values], found.In.Culture) : key;

    /// <summary>A whole number.</summary>
    public string Number(long number) => number.ToString("N0", Language.Culture);

    /// <summary>An amount in minor units: <c>10,50 €</c>.</summary>
    public string Money(long minor, string currency)
    {
        var amount = Storefront.Money.ToMajor(minor).ToString("N2", Language.Culture);
        return Storefront.Money.SignOf(currency) is { } sign
            ? Language.Formats.Money.Replace("{amount}", amount, StringComparison.Ordinal).Replace("{sign}", sign, StringComparison.Ordinal)
            : $"{amount}\u00a0{currency}";
    }

    /// <summary>A day: <c>24. Nov. 2026</c>.</summary>
    public string Date(DateTimeOffset at) => at.ToString(Language.Formats.Date, Language.Culture);

    /// <summary>Hours and minutes.</summary>
    public string Time(DateTimeOffset at) => at.ToString(Language.Formats.Time, Language.Culture);

    /// <summary>Hours, minutes and seconds.</summary>
    public string Clock(DateTimeOffset at) => at.ToString(Language.Formats.Clock, Language.Culture);

    private (Phrase Phrase, Language In)? Find(string key) =>
        Language.PhraseOf(key) is { } own ? (own, Language)
        : Language.English.PhraseOf(key) is { } english ? (english, Language.English)
        : null;
}
