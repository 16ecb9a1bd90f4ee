namespace Storefront.Messaging.Queues;

/// <summary>What the broker says of one queue. Null is what it was not asked, or did not say: unknown, which is not 0.</summary>
/// <param name="Name">The queue.</param>
public sealed record QueueFigures(string Name)
{
    /// <summary>There is no such queue at the broker.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Messages that wait for a consumer.</summary>
    public long? Ready { get; init; }

    /// <summary>Messages that a consumer has in hand, and has not acked.</summary>
    public long? Unacked { get; init; }

    /// <summary>Consumers of all processes.</summary>
    public int? Consumers { get; init; }

    /// <summary>Messages that come in, each second.</summary>
    public double? InRate { get; init; }

    /// <summary>Messages that go out to consumers, each second.</summary>
    public double? OutRate { get; init; }

    /// <summary>When the message at the head was sent, as it says itself.</summary>
    public DateTimeOffset? HeadSentAt { get; init; }

    /// <summary>Everything in the queue, in hand or not.</summary>
    public long? Depth => Ready + Unacked;
}

/// <summary>Whom the figures come from.</summary>
public enum FiguresSource
{
    /// <summary>The management API: everything.</summary>
    Management,

    /// <summary>AMQP, by asking for each queue: messages that wait, and consumers.</summary>
    Amqp,

    /// <summary>Nobody could be asked.</summary>
    None,
}

/// <summary>What the broker says of the shop's queues.</summary>
/// <param name="At">When.</param>
/// <param name="Source">Whom it comes from.</param>
/// <param name="Missed">Why it does not come from the management API, or from nobody; null where it does.</param>
/// <param name="Queues">Each of the shop's queues, in the order in which an order passes them.</param>
public sealed record BrokerFigures(DateTimeOffset At, FiguresSource Source, string? Missed, IReadOnlyList<QueueFigures> Queues)
{
    /// <summary>Alarms that keep the broker from taking messages, as in <c>memory alarm at rabbit@shop</c>; null: unknown.</summary>
    public IReadOnlyList<string>? Alarms { get; init; }
}

/// <summary>One that can be asked about queues.</summary>
public interface IQueueSource
{
    /// <summary>Who it is.</summary>
    FiguresSource Kind { get; }

    /// <summary>Asks about these queues; bounded in time.</summary>
    /// <exception cref="FiguresNotHadException">It does not answer, or is not to be asked.</exception>
    Task<BrokerFigures> ReadAsync(IReadOnlyList<string> queues, CancellationToken cancellationToken);
}

/// <summary>A source has nothing to say; the message, which is told to the staff, says why.</summary>
public sealed class FiguresNotHadException(string reason, Exception? inner = null) : Exception(reason, inner);
