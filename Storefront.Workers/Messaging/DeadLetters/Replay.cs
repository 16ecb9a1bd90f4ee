using System.Diagnostics;
using System.Text.Json;

namespace Storefront.Messaging.DeadLetters;

/// <summary>How a dead letter comes back to life.</summary>
internal static class Replay
{
    /// <summary>
    /// The same message again. By the default exchange it reaches the queue that is named and nobody else, so that other departments
    /// that listen to the same topic get nothing.
    /// </summary>
    public static OutgoingMessage Of(DeadLetter letter) => new()
    {
        Exchange = letter.Exchange,
        RoutingKey = letter.Queue,
        // A message that came without an id gets one now: the replay itself may be delivered twice.
        MessageId = letter.MessageId ?? $"replay:{letter.Id}",
        Type = letter.Type ?? "",
        CorrelationId = letter.CorrelationId ?? "",
        Body = letter.Body,
        Mandatory = true,
        TraceParent = TraceOf(letter.Headers) ?? OutgoingMessage.NewTrace(),
        ReplayOf = letter.Id,
    };

    /// <summary>The trace that the letter belonged to; null when its headers name none that is valid.</summary>
    private static string? TraceOf(string headers)
    {
        try
        {
            using var json = JsonDocument.Parse(headers);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("traceparent", out var value)
                && value.ValueKind == JsonValueKind.String && ActivityContext.TryParse(value.GetString(), null, out _) ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
