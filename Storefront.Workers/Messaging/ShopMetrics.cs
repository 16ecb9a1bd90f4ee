using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Messaging;

/// <summary>The shop in figures, on the meter <c>Storefront</c>; whoever listens to it decides where they go.</summary>
public sealed class ShopMetrics
{
    public const string MeterName = "Storefront";

    private readonly IDbContextFactory<StoreDb> _contexts;
    private readonly TimeProvider _time;
    private readonly Counter<long> _published, _refused, _parked, _letters, _handled;
    private readonly Histogram<double> _handling;

    public ShopMetrics(IMeterFactory meters, IDbContextFactory<StoreDb> contexts, TimeProvider time)
    {
        (_contexts, _time) = (contexts, time);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("storefront.outbox.age", ReadAge, "s", "How long the message that waits longest for the broker has been due; 0: none waits.");
        meter.CreateObservableGauge("storefront.outbox.messages", CountOutbox, "{message}", "Messages decided on and not yet confirmed by the broker, those not due yet among them.");
        _published = meter.CreateCounter<long>("storefront.messages.published", "{message}", "Messages of the outbox that the broker confirmed.");
        _refused = meter.CreateCounter<long>("storefront.messages.refused", "{message}", "Messages of the outbox that the broker handed back or would not take; they are tried again. A message counts each time.");
        _parked = meter.CreateCounter<long>("storefront.messages.parked", "{message}", "Messages of the outbox that were given up and put among the dead letters.");
        _letters = meter.CreateCounter<long>("storefront.dead_letters.written", "{letter}", "Dead letters written, parked messages among them.");
        _handled = meter.CreateCounter<long>("storefront.deliveries.handled", "{delivery}", "Deliveries dealt with and acked, by queue.");
        _handling = meter.CreateHistogram<double>("storefront.delivery.duration", "s", "From a delivery's arrival to its ack, by queue.");
    }

    /// <summary>The broker confirmed so many messages of the outbox.</summary>
    public void Published(int messages) => _published.Add(messages);

    /// <summary>The broker handed so many back or would not take them; they rest.</summary>
    public void Refused(int messages) => _refused.Add(messages);

    /// <summary>A message of the outbox was given up.</summary>
    public void Parked() => _parked.Add(1);

    /// <summary>A dead letter was written.</summary>
    public void DeadLetterWritten() => _letters.Add(1);

    /// <summary>A delivery was dealt with.</summary>
    /// <param name="queue">Where it came from; a node's own queue of news goes by the name of its exchange, since it is another one each time.</param>
    /// <param name="began">When it came, as of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Handled(string queue, long began)
    {
        var tag = KeyValuePair.Create<string, object?>("queue", queue.StartsWith(Topology.News, StringComparison.Ordinal) ? Topology.News : queue);
        _handled.Add(1, tag);
        _handling.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tag);
    }

    private IEnumerable<Measurement<double>> ReadAge() => Read(db =>
    {
        var now = _time.GetUtcNow();
        var oldest = db.Outbox.Where(r => r.NotBefore <= now).OrderBy(r => r.NotBefore).Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefault();
        return oldest is { } since ? (now - since).TotalSeconds : 0;
    });

    private IEnumerable<Measurement<long>> CountOutbox() => Read(db => db.Outbox.LongCount());

    /// <summary>No figure rather than a wrong one while the database is unwell.</summary>
    private IEnumerable<Measurement<T>> Read<T>(Func<StoreDb, T> figure) where T : struct
    {
        try
        {
            using var db = _contexts.CreateDbContext();
            return [new(figure(db))];
        }
        catch (Exception e) when (DatabaseStatus.TroubleIn(e) is not null)
        {
            return [];
        }
    }
}
