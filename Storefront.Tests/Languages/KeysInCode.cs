using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Languages;

/// <summary>
/// The keys that the sources ask for: the strings in <c>Words["…"]</c>, <c>Say("…"</c> and <c>Count("…"</c>, and any string that looks like a key, since many are
/// chosen by a switch first. What is put in between (<c>$"order.status.{step}"</c>) may be anything without a dot, at the beginning also with one.
/// </summary>
internal sealed partial record KeysInCode(string Text)
{
    private static readonly string[] Folders = ["Storefront.Web", "Storefront.Workers"];

    private readonly Regex _fitting = new($"^{string.Join("[a-z-]+", Hole().Split(Text).Select((part, i) => i == 0 && part.Length == 0 ? "[a-z.-]*" : Regex.Escape(part)))}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static IReadOnlyList<KeysInCode> Read()
    {
        var areas = Storefront.Languages.Language.English.Keys.Select(k => k.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var texts = Folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root(), f), "*.*", SearchOption.AllDirectories))
            .Where(f => (f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        return [.. texts.SelectMany(t => Asked().Matches(t).Select(m => m.Groups["key"].Value))
            .Concat(texts.Where(t => t.Contains("Words", StringComparison.Ordinal)).SelectMany(t => Looks().Matches(t).Select(m => m.Groups["key"].Value)).Where(k => areas.Contains(k.Split('.')[0])))
            .Distinct(StringComparer.Ordinal).Select(k => new KeysInCode(k))];
    }

    public bool Fits(string key) => _fitting.IsMatch(key);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    // The key of a call, also where one of two is chosen right there.
    [GeneratedRegex("""[Ww]ords(\[|\.Say\(|\.Count\()\$?"(?<key>[^"]+)"(?=[\]),])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("""\$?"(?<key>[a-z][a-z-]*(\.([a-z-]+|\{[^"}]+\}))+)"|\$"(?<key>[a-z]+(\.([a-z-]+|\{[^"}]+\}))+)"|\$"(?<key>\{[^"}]+\}(\.[a-z-]+)+)" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Looks();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();
}
