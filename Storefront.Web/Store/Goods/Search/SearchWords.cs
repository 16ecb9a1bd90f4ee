namespace Storefront.Web.Store.Goods.Search;

/// <summary>What somebody typed into the search box.</summary>
public sealed class SearchWords
{
    /// <summary>More than anybody means; a longer text is cut.</summary>
    public const int MaxLength = 100;

    /// <summary>So many words say enough; each one more costs a look at every word of the shop.</summary>
    public const int MaxWords = 8;

    public SearchWords(string? typed)
    {
        Text = (typed ?? "").Trim();
        Text = Text.Length > MaxLength ? Text[..MaxLength] : Text;
        Words = [.. PlainLetters.Words(Text).Select(w => w.Plain).Distinct(StringComparer.Ordinal).Take(MaxWords)];
    }

    /// <summary>As typed, without the space around it.</summary>
    public string Text { get; }

    /// <summary>Its words as they are compared.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => Words.Count == 0;
}
