using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Storefront.Messaging;
using Storefront.Messaging.Outbox;

namespace Storefront.Orders;

/// <summary>
/// Carries hints that orders, or settings, changed between processes, over <c>shop.news</c>: each has a queue of its own there, so each hears everything.
/// Transient and unconfirmed: a lost hint is found by whoever looks after the watched orders, or after the settings.
/// </summary>
public sealed class NewsExchange(OrderNews news, OutboxBell bell, SettingsBell settings, QueueConsumers consumers, TimeProvider time, ILogger<NewsExchange> log) : IBrokerStation
{
    /// <summary>Hints kept while the broker is slow; then the oldest go.</summary>
    private const int Kept = 4096;

    /// <summary>With more than this within the shortest moment, the shop is busy: hints are held back for one, and an order that changed again meanwhile needs only the last.</summary>
    private const int Many = 32;

    /// <summary>The busier, the longer: a millisecond for each order there is news of, within these.</summary>
    private static readonly (double Least, double Most) Moment = (100, 1000);

    /// <summary>Tells our own hints from those of other processes.</summary>
    private readonly string _node = Guid.NewGuid().ToString("N")[..8];

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        var hints = Channel.CreateBounded<OrderChanged>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        news.OnCommitted = change => hints.Writer.TryWrite(change);
        try
        {
            var queue = await DeclareAsync(session, stop);
            // What was told before this queue was there, nobody has heard.
            settings.Hear();
            await Task.WhenAny(SendAsync(session, hints.Reader, stop), TellAsync(session, stop), consumers.OfHints(queue, HearAsync, log).RunAsync(session, stop)).Unwrap();
        }
        finally
        {
            news.OnCommitted = null;
        }
    }

    /// <summary>
    /// An exclusive queue goes with its connection, so it has to be declared on the one that consumes. A new name each time: of a connection that
    /// was lost on the way the broker may not know yet, and the queue would still be locked.
    /// </summary>
    private async Task<string> DeclareAsync(BrokerSession session, CancellationToken stop)
    {
        using var bounded = BrokerSession.Bounded(stop);
        await using var channel = await session.Consuming.CreateChannelAsync(cancellationToken: bounded.Token);
        var queue = $"{Topology.News}.{_node}-{Guid.NewGuid().ToString("N")[..8]}";
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: bounded.Token);
        await channel.QueueBindAsync(queue, Topology.News, "", cancellationToken: bounded.Token);
        return queue;
    }

    private async Task SendAsync(BrokerSession session, ChannelReader<OrderChanged> hints, CancellationToken stop)
    {
        using var opening = BrokerSession.Bounded(stop);
        await using var channel = await session.Publishing.CreateChannelAsync(cancellationToken: opening.Token);
        var newest = new Dictionary<OrderNumber, long>();
        var (sent, since) = (0, Stopwatch.GetTimestamp());
        while (await hints.WaitToReadAsync(stop))
        {
            while (newest.Count < Kept && hints.TryRead(out var change))
            {
                newest[change.Number] = Math.Max(change.Version, newest.GetValueOrDefault(change.Number));
            }

            await SendAsync(session, channel, newest, stop);
            sent += newest.Count;
            newest.Clear();
            if (sent > Many)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(sent, Moment.Least, Moment.Most)), stop);
            }
            else if (Stopwatch.GetElapsedTime(since).TotalMilliseconds < Moment.Least)
            {
                continue;
            }

            (sent, since) = (0, Stopwatch.GetTimestamp());
        }
    }

    private async Task SendAsync(BrokerSession session, IChannel channel, Dictionary<OrderNumber, long> hints, CancellationToken stop)
    {
        foreach (var (number, version) in hints)
        {
            // A blocked broker reads nothing here; what is too much meanwhile is dropped above.
            await session.UnblockedAsync(stop);
            using var bounded = BrokerSession.Bounded(stop);
            var body = JsonSerializer.SerializeToUtf8Bytes(new Hint(number.ToString(), version), OrderJson.Options);
            var properties = new BasicProperties { ContentType = "application/json", AppId = Topology.AppId, CorrelationId = number.ToString(), MessageId = $"{_node}:{number}:{version}", Type = "order.changed.v1" };
            await channel.BasicPublishAsync(Topology.News, "", mandatory: false, properties, body, bounded.Token);
        }
    }

    /// <summary>Tells the other processes that settings have changed.</summary>
    private async Task TellAsync(BrokerSession session, CancellationToken stop)
    {
        using var opening = BrokerSession.Bounded(stop);
        await using var channel = await session.Publishing.CreateChannelAsync(cancellationToken: opening.Token);
        while (true)
        {
            await settings.ToldAsync(time, stop);
            try
            {
                await session.UnblockedAsync(stop);
                using var bounded = BrokerSession.Bounded(stop);
                var properties = new BasicProperties { AppId = Topology.AppId, MessageId = $"{_node}:settings", Type = SettingsBell.Type };
                await channel.BasicPublishAsync(Topology.News, "", mandatory: false, properties, ReadOnlyMemory<byte>.Empty, bounded.Token);
            }
            catch
            {
                // The next session tells it.
                settings.Tell();
                throw;
            }
        }
    }

    private Task HearAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Type == RemoteBell.Type)
        {
            bell.Ring();
        }
        else if (delivery.MessageId?.StartsWith(_node, StringComparison.Ordinal) == true)
        {
            // Our own.
        }
        else if (delivery.Type == SettingsBell.Type)
        {
            settings.Hear();
        }
        else if (Read(delivery.Body) is { } change)
        {
            news.Publish(change);
        }

        return Task.CompletedTask;
    }

    /// <summary>Anything may be sent to an exchange; what is no hint is not worth a word.</summary>
    private static OrderChanged? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Hint>(body, OrderJson.Options) is { } hint && OrderNumber.TryParse(hint.OrderNum, out var number)
                ? new OrderChanged(number, hint.Version)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Hint(string OrderNum, long Version);
}
