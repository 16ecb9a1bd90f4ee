using Microsoft.Extensions.Logging;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Messaging;

/// <summary>Hands out consumers with what all of them need.</summary>
public sealed class QueueConsumers(DeadLetterBox letters, ShopMetrics metrics)
{
    /// <param name="queue">The queue to consume.</param>
    /// <param name="concurrency">Messages in hand at once.</param>
    /// <param name="handle">Deals with a message; when it returns, the message is acked.</param>
    /// <param name="log">The log of whoever handles them.</param>
    public QueueConsumer Of(string queue, int concurrency, Func<Delivery, CancellationToken, Task> handle, ILogger log) => new(queue, concurrency, handle, letters, metrics, log);

    /// <summary>The same for hints: one at a time, and nothing is acked.</summary>
    public QueueConsumer OfHints(string queue, Func<Delivery, CancellationToken, Task> handle, ILogger log) => new(queue, 1, handle, letters, metrics, log) { Acks = false };
}
