namespace Storefront.Web.BackOffice.Parts;

/// <summary>Comma-separated values (RFC 4180) that a spreadsheet may open without harm.</summary>
public static class Csv
{
    /// <summary>What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).</summary>
    private const string Dangerous = "=+-@\t\r";

    /// <summary>A text as one cell: in quotes where it has to be, and with an apostrophe before it where it would be run as a formula.</summary>
    public static string Cell(string text)
    {
        var harmless = text.Length > 0 && Dangerous.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
