using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Storefront.Data.Postgres;

/// <summary>
/// PostgreSQL keeps no NUL in a text, nor half a surrogate pair, and SQLite does. What other systems send may hold either, and has to be kept all the
/// same, if only as a dead letter: such a character becomes U+FFFD.
/// </summary>
internal sealed class StorableText : DbCommandInterceptor
{
    /// <summary>The text as PostgreSQL can keep it; nearly always the same object.</summary>
    public static string Of(string text)
    {
        if (!IsStorable(text))
        {
            var kept = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
            }

            return kept.ToString();
        }

        return text;
    }

    /// <summary>The same for whatever EF Core writes, or asks for.</summary>
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (NpgsqlParameter parameter in result.Parameters)
        {
            if (parameter.Value is string text && !IsStorable(text))
            {
                parameter.Value = Of(text);
            }
        }

        return result;
    }

    private static bool IsStorable(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return !text.Contains('\0');
    }
}
