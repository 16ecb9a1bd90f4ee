using System.Text;

namespace Storefront.Web.BackOffice.Parts;

/// <summary>Comma-separated values as in RFC 4180, that no spreadsheet takes for anything but text and numbers.</summary>
public static class Csv
{
    /// <summary>Writes to a stream that stays open: UTF-8 with the mark by which spreadsheets know it.</summary>
    public static StreamWriter Writer(Stream to) => new(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };

    /// <summary>
    /// One cell. A text that a spreadsheet would read as a formula (it begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return) gets an apostrophe in front,
    /// as OWASP recommends against formula injection; a cell with commas, quotes or line ends stands in quotes.
    /// </summary>
    public static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
