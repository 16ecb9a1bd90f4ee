using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Storefront.Messaging;

/// <summary>A queue of ours and the topics of <c>shop.events</c> it listens to.</summary>
public sealed record QueueBinding(string Queue, IReadOnlyList<string> Topics)
{
    /// <summary>False: nobody is to work at it. It is not declared, and where it is left from another time it gets nothing more.</summary>
    public bool IsUsed { get; init; } = true;
}

/// <summary>Declares everything the shop relies on; the same each time, so it may run at every connect.</summary>
public sealed class TopologyDeclaration(IEnumerable<QueueBinding> bindings, IOptions<MessagingOptions> options)
{
    private const ushort PreconditionFailed = 406;
    private const ushort NotFound = 404;

    private readonly IReadOnlyList<QueueBinding> _used = [.. bindings.Where(b => b.IsUsed)];
    private readonly IReadOnlyList<QueueBinding> _unused = [.. bindings.Where(b => !b.IsUsed)];

    /// <summary>Declares it all, on the connection that consumes: of one that publishes a blocked broker reads nothing.</summary>
    /// <returns>What is not as it should be, each with its cure; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> DeclareAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        using var bounded = BrokerSession.Bounded(cancellationToken);
        var notes = new List<string>();
        await DeclareQueueAsync(session, Topology.Orders, null, notes, bounded.Token);
        await DeclareQueueAsync(session, Topology.Dead, Arguments(deadLetters: false), notes, bounded.Token);
        foreach (var binding in _used)
        {
            await DeclareQueueAsync(session, binding.Queue, Arguments(deadLetters: true), notes, bounded.Token);
        }

        await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: bounded.Token);
        await channel.ExchangeDeclareAsync(Topology.Events, ExchangeType.Topic, durable: true, cancellationToken: bounded.Token);
        await channel.ExchangeDeclareAsync(Topology.News, ExchangeType.Fanout, durable: true, cancellationToken: bounded.Token);
        await BindAsync(channel, bounded.Token);
        foreach (var binding in _unused)
        {
            await RetireAsync(session, binding, notes, bounded.Token);
        }

        return notes;
    }

    /// <summary>Binds the queues to their topics; what is bound already stays as it is.</summary>
    /// <exception cref="OperationInterruptedException">A queue or the exchange is not there.</exception>
    public async Task BindAsync(IChannel channel, CancellationToken cancellationToken)
    {
        foreach (var (queue, topics) in _used)
        {
            foreach (var topic in topics)
            {
                await channel.QueueBindAsync(queue, Topology.Events, topic, cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Arguments are permanent: an existing queue with others answers 406. Then it is used as it is, and the note says how to cure it.</summary>
    private static async Task DeclareQueueAsync(BrokerSession session, string queue, Dictionary<string, object?>? arguments, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            // A channel each: a refused declaration closes it.
            await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            notes.Add($"The queue '{queue}' was declared otherwise by somebody else ({e.ShutdownReason.ReplyText}). It is used as it is; "
                + $"to cure it, let it run empty, delete it (rabbitmqctl delete_queue {queue}) and the shop declares it anew.");
        }
    }

    /// <summary>
    /// A queue that nobody works at any more would grow for ever, so it is unbound; what lies in it stays, for the day on which somebody does again. While another
    /// process works at it, which was set up otherwise, it is left alone.
    /// </summary>
    private static async Task RetireAsync(BrokerSession session, QueueBinding binding, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            // A channel of its own: that there is no such queue, which is the usual thing, closes it.
            await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: cancellationToken);
            var left = await channel.QueueDeclarePassiveAsync(binding.Queue, cancellationToken);
            if (left.ConsumerCount > 0)
            {
                return;
            }

            foreach (var topic in binding.Topics)
            {
                await channel.QueueUnbindAsync(binding.Queue, Topology.Events, topic, cancellationToken: cancellationToken);
            }

            if (left.MessageCount > 0)
            {
                notes.Add($"{left.MessageCount} messages lie in the queue '{binding.Queue}', at which nobody is set to work. Set it up again to have them dealt with, "
                    + $"or delete it (rabbitmqctl delete_queue {binding.Queue}).");
            }
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
        {
            // Nothing is left of it.
        }
    }

    private Dictionary<string, object?> Arguments(bool deadLetters)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (deadLetters)
        {
            arguments["x-dead-letter-exchange"] = "";
            arguments["x-dead-letter-routing-key"] = Topology.Dead;
        }

        if (options.Value.QueueType == QueueType.Quorum)
        {
            arguments["x-queue-type"] = "quorum";
            if (deadLetters)
            {
                // The shop counts attempts itself; the broker's limit (20 by default on 4.x, then the message is dropped) is only a backstop.
                arguments["x-delivery-limit"] = 1000;
                arguments["x-dead-letter-strategy"] = "at-least-once";
                arguments["x-overflow"] = "reject-publish";
            }
        }

        return arguments;
    }
}
