namespace Storefront.Web.BackOffice.Parts;

/// <summary>Cells of a CSV file (RFC 4180) that somebody will open in a spreadsheet.</summary>
public static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>The text as a cell. One that a spreadsheet would take for a formula gets an apostrophe before it, since anybody may have written it (OWASP, "CSV Injection").</summary>
    public static string Cell(string text)
    {
        var plain = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
        return plain.AsSpan().ContainsAny(Special) ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }
}
