using System.Collections.Frozen;
using System.Globalization;

namespace Storefront.Languages;

/// <summary>
/// A language that customers may choose: its texts, its formats of numbers, money and time, and its names for the goods.
/// Each is one file <c>Languages/&lt;code&gt;.json</c>; another file is another language, and nothing else has to know of it.
/// </summary>
public sealed class Language
{
    private const string Folder = "Storefront.Languages.";
    private const string Ending = ".json";

    private readonly FrozenDictionary<string, Phrase> _phrases;
    private readonly PluralRules _plurals;

    private Language(string code, LanguageFile file)
    {
        (Code, Name, Formats, Goods) = (code, file.Name, file.Formats, file.Goods ?? GoodsNames.None);
        Culture = file.Formats.ToCulture(code);
        _plurals = new PluralRules(file.Plurals);
        _phrases = file.Words.ToFrozenDictionary(w => w.Key, w => Phrase.Of(w.Value), StringComparer.Ordinal);
    }

    /// <summary>The language that has every text, and that stands in where another lacks one.</summary>
    public static Language English { get; } = Read("en");

    /// <summary>Every language there is: English, then the others by their own names.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, .. Codes().Where(c => c != English.Code).Select(Read).OrderBy(l => l.Name, StringComparer.Ordinal)];

    /// <summary>The language of the request that is being answered.</summary>
    public static Language Current => Find(CultureInfo.CurrentUICulture.Name) ?? English;

    /// <summary>As BCP 47 writes it: <c>de</c>.</summary>
    public string Code { get; }

    /// <summary>What its speakers call it: <c>Deutsch</c>.</summary>
    public string Name { get; }

    /// <summary>How it writes numbers and time.</summary>
    public CultureInfo Culture { get; }

    /// <summary>How it writes money, dates and times.</summary>
    public Formats Formats { get; }

    /// <summary>What the goods are called in it.</summary>
    public GoodsNames Goods { get; }

    /// <summary>The keys of all its texts.</summary>
    public IEnumerable<string> Keys => _phrases.Keys;

    /// <summary>The language of a code such as <c>de</c>, or of the country's variety of it (<c>de-AT</c>); null when the shop does not speak it.</summary>
    public static Language? Find(string? code) => code is null or "" ? null
        : All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase)) ?? Find(code[..Math.Max(0, code.LastIndexOf('-'))]);

    /// <summary>The text of that key; null when the language lacks it.</summary>
    public Phrase? PhraseOf(string key) => _phrases.GetValueOrDefault(key);

    /// <summary>Which form of a text counts so many: <c>one</c>, <c>other</c>, …</summary>
    public string FormOf(long count) => _plurals.FormOf(count);

    public override string ToString() => Code;

    private static IEnumerable<string> Codes() => typeof(Language).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(Ending, StringComparison.Ordinal))
        .Select(n => n[Folder.Length..^Ending.Length]);

    /// <summary>The language that a file has.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; the message names the file and what is wrong.</exception>
    internal static Language Of(string code, Stream file) => new(code, LanguageFile.Read($"{code}{Ending}", file));

    private static Language Read(string code) => Of(code, typeof(Language).Assembly.GetManifestResourceStream($"{Folder}{code}{Ending}")!);
}
