using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Messaging;

/// <summary>
/// Consumes one queue: prefetch bounds what is in hand, each message is acked on the channel that delivered it once it has been dealt with.
/// A message that was not dealt with because the surroundings are unwell stays unacked and comes again with the next session; one at which its
/// handler fails otherwise goes to the dead letters at once, so that its neighbours do not suffer.
/// </summary>
public sealed partial class QueueConsumer(
    string queue, int concurrency, Func<Delivery, CancellationToken, Task> handle, DeadLetterBox letters, ShopMetrics metrics, ILogger log)
{
    /// <summary>How long work in hand may take to end once the shop is closing.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    /// <summary>How long work in hand may take to end when others go on: longer than it usually takes. Afterwards its messages go back into the queue.</summary>
    private static readonly TimeSpan Handover = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inHand = 1;

    /// <summary>False: the broker forgets messages as it sends them, however many there are. For hints, of which one lost matters less than what acks cost.</summary>
    public bool Acks { get; init; } = true;

    /// <summary>Consumes until stopped; throws when the consumer is cancelled by the broker or its channel goes.</summary>
    /// <param name="session">Where.</param>
    /// <param name="stop">The session ends.</param>
    /// <param name="turn">It is to consume no more, though the session goes on; ends with <paramref name="stop"/>, if given.</param>
    public async Task RunAsync(BrokerSession session, CancellationToken stop, CancellationToken? turn = null)
    {
        session.Note(queue, consumed: false);
        using var opening = BrokerSession.Bounded(stop);
        var width = (ushort)concurrency;
        await using var channel = await session.Consuming.CreateChannelAsync(new CreateChannelOptions(false, false, null, width), opening.Token);
        await channel.BasicQosAsync(0, (ushort)(width * 2), global: false, opening.Token);
        var acks = new Acknowledgements(channel, Leave);
        var acking = AckAsync(channel, acks);
        try
        {
            var tag = await ConsumeAsync(channel, acks, opening.Token);
            session.Note(queue, consumed: true);
            await Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, turn ?? stop));
            session.Note(queue, consumed: false);
            if (_ended.Task.IsFaulted)
            {
                await _ended.Task;
            }

            await StopAsync(channel, tag, stop);
        }
        finally
        {
            acks.End();
            await acking;
        }
    }

    private Task<string> ConsumeAsync(IChannel channel, Acknowledgements acks, CancellationToken cancellationToken)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) => ReceiveAsync(channel, acks, e);
        consumer.UnregisteredAsync += (_, _) => EndAsync($"the consumer of '{queue}' was cancelled");
        channel.ChannelShutdownAsync += (_, e) => EndAsync($"the channel of '{queue}' was closed: {e.ReplyText}");
        return channel.BasicConsumeAsync(queue, autoAck: !Acks, consumer, cancellationToken);
    }

    private async Task StopAsync(IChannel channel, string tag, CancellationToken stop)
    {
        _ended.TrySetResult();
        try
        {
            using var closing = BrokerSession.Bounded(CancellationToken.None);
            await channel.BasicCancelAsync(tag, cancellationToken: closing.Token);
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.RabbitMQClientException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The channel went first: nothing more will come on it.
        }

        Leave();
        await Task.WhenAny(_drained.Task, Task.Delay(Handover, stop));
        if (stop.IsCancellationRequested)
        {
            await Task.WhenAny(_drained.Task, Task.Delay(Drain, CancellationToken.None));
        }
    }

    /// <summary>Acks as long as the channel takes acks.</summary>
    private async Task AckAsync(IChannel channel, Acknowledgements acks)
    {
        try
        {
            await acks.RunAsync();
        }
        catch (Exception fault)
        {
            if (channel.IsOpen)
            {
                Log.Unwell(log, fault, queue);
            }

            // Nobody acks what is in hand; that is no reason to wait for it.
            _drained.TrySetResult();
            await EndAsync($"the consumer of '{queue}' could not ack: {fault.Message}");
        }
    }

    private async Task ReceiveAsync(IChannel channel, Acknowledgements acks, BasicDeliverEventArgs e)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        Interlocked.Increment(ref _inHand);
        try
        {
            var began = Stopwatch.GetTimestamp();
            var delivery = Delivery.Of(queue, e);
            await (Acks ? BackRoomThreads.RunAsync(() => HandleAsync(delivery, e.CancellationToken)) : HandleAsync(delivery, e.CancellationToken));
            metrics.Handled(queue, began);
            if (Acks)
            {
                acks.Add(e.DeliveryTag);
                return;
            }
        }
        catch (Exception) when (!channel.IsOpen || _ended.Task.IsCompleted || e.CancellationToken.IsCancellationRequested)
        {
            // Closing, or the channel has gone: the broker delivers it again.
        }
        catch (Exception fault)
        {
            // It must not be acked: begin anew instead of losing it.
            Log.Unwell(log, fault, queue);
            await EndAsync($"the consumer of '{queue}' failed: {fault.Message}");
        }

        Leave();
    }

    private async Task HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await handle(delivery, cancellationToken);
        }
        catch (Exception fault) when (!Surroundings.AreUnwell(fault))
        {
            // Nobody foresaw it, so it would be the same at every delivery.
            Log.Unforeseen(log, fault, queue);
            await letters.WriteAsync(delivery, $"The shop failed at handling it ({fault.GetType().Name}): {fault.Message}", fault, cancellationToken);
        }
    }

    private Task EndAsync(string reason)
    {
        _ended.TrySetException(new IOException(reason));
        return Task.CompletedTask;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inHand) == 0)
        {
            _drained.TrySetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A message of '{Queue}' could not be handled; it stays unacked")]
        public static partial void Unwell(ILogger log, Exception fault, string queue);

        [LoggerMessage(Level = LogLevel.Error, Message = "Handling a message of '{Queue}' failed in a way that nobody foresaw; it goes to the dead letters")]
        public static partial void Unforeseen(ILogger log, Exception fault, string queue);
    }
}
