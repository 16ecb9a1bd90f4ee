using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Npgsql;
using Storefront.Data.Postgres;

namespace Storefront;

/// <summary>Tells in one line what keeps the shop from starting, by the name of the setting to change. What it does not know keeps its stack trace.</summary>
public static partial class StartFault
{
    /// <summary>How the server begins its complaints about an address.</summary>
    private static readonly string[] AddressFaults = ["Invalid url", "Unrecognized scheme", "A path base", "Unable to configure HTTPS"];

    /// <summary>The line, or null when <paramref name="exception"/> is nothing a setting could have caused.</summary>
    public static string? Explain(Exception exception)
    {
        var sentences = exception is AggregateException several
            ? several.Flatten().InnerExceptions.Select(Explain)
            : Causes(exception).Select(OfOne).Where(s => s is not null).Take(1);
        var line = string.Join(" ", sentences).ReplaceLineEndings(" ").Trim();
        return line.Length > 0 ? line : null;
    }

    private static string? OfOne(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures.Select(f => OfOption(f, invalid.OptionsType))),
        InvalidDataException data => data.Message,
        IOException bind when bind.Message.StartsWith("Failed to bind", StringComparison.Ordinal) => $"Urls: {bind.Message} Stop what listens there, or choose another address.",
        SocketException socket => $"Urls: cannot listen there: {socket.Message}.",
        ArgumentOutOfRangeException { ParamName: "port" } => "Urls: the port must be a number up to 65535.",
        FormatException or InvalidOperationException when AddressFaults.Any(exception.Message.StartsWith) =>
            $"Urls: {exception.Message.TrimEnd('.')}. It must be an address such as http://localhost:5080.",
        InvalidOperationException value when Unconvertible().Match(value.Message) is { Success: true } match => OfValue(match),
        InvalidOperationException unknown when Unknown().Match(unknown.Message) is { Success: true } match => OfUnknown(match),
        NpgsqlException server => PostgresFault.Explain(server),
        DbException database => $"ConnectionStrings:Store: the database cannot be opened: {database.Message}",
        _ => null,
    };

    private static string OfOption(string failure, Type options)
    {
        if (Annotated().Match(failure) is not { Success: true } match)
        {
            return failure;
        }

        var (member, error) = (match.Groups["member"].Value, match.Groups["error"].Value);
        var key = SectionOf(options) is { } section ? $"{section}:{member}" : member;
        return error.Contains(key, StringComparison.Ordinal) ? error : FieldName().Replace(error, key + " ", 1) is var named && named != error ? named : $"{key}: {error}";
    }

    private static string OfValue(Match match)
    {
        var (key, value, type) = (match.Groups["key"].Value, match.Groups["value"].Value, match.Groups["type"].Value);
        var wanted = Find(type) is { IsEnum: true } term ? $"one of {string.Join(", ", Enum.GetNames(term))}" : type switch
        {
            _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
            _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
            _ when type.Contains("TimeSpan", StringComparison.Ordinal) => "a time such as 00:00:30",
            _ when type.Contains("Duration", StringComparison.Ordinal) => "a length of time such as 250 ms, 5 s, 2 min or 00:00:05",
            _ when type.Contains("Uri", StringComparison.Ordinal) => "an address",
            _ => "a number",
        };
        return $"{key} must be {wanted}; it is '{value}'.";
    }

    private static string OfUnknown(Match match)
    {
        var section = SectionOf(Find(match.Groups["type"].Value));
        return string.Join(" ", match.Groups["keys"].Value.Split(", ").Select(key => $"{section}:{key.Trim('\'')} is not a setting; check its spelling."));
    }

    private static Type? Find(string type) => AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(type)).FirstOrDefault(t => t is not null);

    private static string? SectionOf(Type? options) => options?.GetField("Section")?.GetRawConstantValue() as string;

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>.*)' to type '(?<type>.*)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unconvertible();

    [GeneratedRegex("properties were not found on the instance of (?<type>.*): (?<keys>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"members: '(?<member>\w+)' with the error: '(?<error>.*)'\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Annotated();

    [GeneratedRegex(@"^The (field \w+|\w+ field) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldName();
}
