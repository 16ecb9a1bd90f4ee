using System.Text;
using System.Text.Json;

namespace Storefront.Messaging.DeadLetters;

/// <summary>Bytes of a message made readable: as text where they are UTF-8, as a hex dump where they are not.</summary>
public static class BodyText
{
    private const int BytesALine = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="body">The bytes, or the first of them.</param>
    /// <param name="isCut">Whether more followed: then the last character may be incomplete.</param>
    /// <param name="text">The text, or the dump.</param>
    /// <returns>Whether it is text.</returns>
    public static bool TryRead(byte[] body, bool isCut, out string text)
    {
        // A character has at most four bytes.
        for (var missing = 0; missing <= (isCut ? Math.Min(3, body.Length) : 0); missing++)
        {
            try
            {
                text = Strict.GetString(body, 0, body.Length - missing);
                if (!text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
                {
                    return true;
                }
            }
            catch (DecoderFallbackException)
            {
                // Not UTF-8 up to here.
            }
        }

        text = Dump(body);
        return false;
    }

    /// <summary>JSON with one field a line; anything else as it is.</summary>
    public static string Indent(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static string Dump(byte[] body)
    {
        var dump = new StringBuilder();
        foreach (var (line, bytes) in body.Chunk(BytesALine).Index())
        {
            var letters = new string([.. bytes.Select(b => b is >= 0x20 and < 0x7F ? (char)b : '·')]);
            dump.Append((line * BytesALine).ToString("x6")).Append("  ").Append(string.Join(' ', bytes.Select(b => b.ToString("x2"))).PadRight(BytesALine * 3)).Append(' ').AppendLine(letters);
        }

        return dump.ToString();
    }
}
