using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Storefront.Departments.Mail.Paper;

/// <summary>A piece of HTML. Texts that are put into one are encoded; only what is a piece itself goes in as it is.</summary>
internal sealed record Html(string Markup)
{
    public static Html None { get; } = new("");

    private static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Of(Maker maker) => new(maker.ToString());

    /// <summary>A piece for each of them, one after the other.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> make) => new(string.Concat(items.Select(i => make(i).Markup)));

    /// <summary>The lines of a text, one under the other.</summary>
    public static Html Lines(IEnumerable<string> lines) => new(string.Join("<br>", lines.Select(Encoder.Encode)));

    public override string ToString() => Markup;

    /// <summary>Makes a piece out of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Maker(int literalLength, int holes)
    {
        private readonly StringBuilder _markup = new(literalLength + (holes * 24));

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html piece) => _markup.Append(piece.Markup);

        public void AppendFormatted(string text) => _markup.Append(Encoder.Encode(text));

        public override string ToString() => _markup.ToString();
    }
}
