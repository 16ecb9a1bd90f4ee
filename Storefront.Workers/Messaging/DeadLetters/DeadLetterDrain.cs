using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Storefront.Messaging.DeadLetters;

/// <summary>Empties <c>shop.dead</c>, where the broker puts what it gave up itself, into the one dead-letter table.</summary>
public sealed class DeadLetterDrain(QueueConsumers consumers, DeadLetterBox letters, ILogger<DeadLetterDrain> log) : IBrokerStation
{
    public Task RunAsync(BrokerSession session, CancellationToken stop) => consumers.Of(Topology.Dead, 1, DrainAsync, log).RunAsync(session, stop);

    private Task DrainAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var (queue, reason) = FirstDeath(delivery.HeadersJson);
        return letters.WriteAsync(delivery with { Queue = queue ?? delivery.Queue }, $"The broker gave it up: {reason ?? "it does not say why"}.", null, cancellationToken);
    }

    private static (string? Queue, string? Reason) FirstDeath(string headers)
    {
        using var json = JsonDocument.Parse(headers);
        return (Text("x-first-death-queue"), Text("x-first-death-reason"));

        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
