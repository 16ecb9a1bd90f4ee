using System.Text;
using System.Text.Json;
using RabbitMQ.Client.Events;

namespace Storefront.Messaging;

/// <summary>A message as it came: everything copied, since the client reuses its buffers once the handler returns.</summary>
public sealed record Delivery(
    string Queue, string? MessageId, string? Type, string? CorrelationId, string? AppId, string? TraceParent, IDictionary<string, object?>? Headers, byte[] Body)
{
    /// <summary>The header that says which dead letter is replayed by a message.</summary>
    internal const string ReplayHeader = "x-replay-of";

    /// <summary>Of a W3C trace context. It is passed on, so nothing that is longer is taken for one.</summary>
    private const int TraceLength = 55;

    /// <summary>Headers may be nested as deep as their sender likes; JSON is written no deeper than 64.</summary>
    private const int Deepest = 16;

    /// <summary>The headers as JSON; written only for those who ask, who are few.</summary>
    public string HeadersJson => JsonSerializer.Serialize((Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal)).ToDictionary(h => h.Key, h => Readable(h.Value, 1), StringComparer.Ordinal));

    /// <summary>The dead letter that is replayed by it; null for all others.</summary>
    public long? ReplayOf { get; init; }

    internal static Delivery Of(string queue, BasicDeliverEventArgs e) => new(
        queue, Blank(e.BasicProperties.MessageId), Blank(e.BasicProperties.Type), Blank(e.BasicProperties.CorrelationId), Blank(e.BasicProperties.AppId),
        e.BasicProperties.Headers?.TryGetValue("traceparent", out var trace) == true && trace is byte[] { Length: TraceLength } bytes ? Encoding.ASCII.GetString(bytes) : null,
        e.BasicProperties.Headers, e.Body.ToArray())
    {
        ReplayOf = e.BasicProperties.Headers?.TryGetValue(ReplayHeader, out var letter) == true && letter is long id ? id : null,
    };

    private static string? Blank(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static object? Readable(object? value, int depth) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IDictionary<string, object?> or System.Collections.IList when depth == Deepest => "…",
        IDictionary<string, object?> table => table.ToDictionary(p => p.Key, p => Readable(p.Value, depth + 1), StringComparer.Ordinal),
        System.Collections.IList list => list.Cast<object?>().Select(item => Readable(item, depth + 1)).ToArray(),
        null or bool or string => value,
        _ => value.ToString(),
    };
}
