using System.Diagnostics;
using RabbitMQ.Client;

namespace Storefront.Messaging;

/// <summary>A message on its way out: UTF-8 JSON, persistent.</summary>
public sealed record OutgoingMessage
{
    /// <summary>Empty for the default exchange, where the routing key is a queue's name.</summary>
    public required string Exchange { get; init; }
    public required string RoutingKey { get; init; }

    /// <summary>The same for the same fact, however often it is sent.</summary>
    public required string MessageId { get; init; }
    public required string Type { get; init; }

    /// <summary>The order number it is about.</summary>
    public required string CorrelationId { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>At least one queue has to take it.</summary>
    public required bool Mandatory { get; init; }
    public string TraceParent { get; init; } = NewTrace();

    /// <summary>The dead letter that is replayed by it.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>Fresh properties for one publish: the client writes into what it is given.</summary>
    internal BasicProperties Properties(DateTimeOffset now) => new()
    {
        ContentType = "application/json",
        ContentEncoding = "utf-8",
        DeliveryMode = DeliveryModes.Persistent,
        MessageId = MessageId,
        Type = Type,
        CorrelationId = CorrelationId,
        Timestamp = new AmqpTimestamp(now.ToUnixTimeSeconds()),
        AppId = Topology.AppId,
        Headers = Headers(),
    };

    private Dictionary<string, object?> Headers()
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["traceparent"] = TraceParent };
        if (ReplayOf is { } letter)
        {
            headers[Delivery.ReplayHeader] = letter;
        }

        return headers;
    }

    /// <summary>The trace context of the running activity, or a new one, in W3C form.</summary>
    internal static string NewTrace() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? id
        : $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}
