using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Orders;

/// <summary>
/// Reads the queue <c>orders</c>. One of ours becomes the event <c>order.accepted</c> (published, confirmed, then acked); another system's is adopted,
/// and comes by again as one of ours. What cannot be read goes to the dead letters and never blocks the queue.
/// </summary>
public sealed partial class Intake(
    StoreReads reads, PlaceOrder place, QueueConsumers consumers, DeadLetterBox letters, TimeProvider time, ILogger<Intake> log) : IBrokerStation
{
    /// <summary>Messages in hand at once. Each waits for a confirm, which a classic queue may hold back for some milliseconds.</summary>
    private const int Concurrency = 64;

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        await using var publisher = await ConfirmedPublisher.OpenAsync(session, time, stop);
        await consumers.Of(Topology.Orders, Concurrency, (delivery, ct) => HandleAsync(publisher, delivery, ct), log).RunAsync(session, stop);
    }

    private async Task HandleAsync(ConfirmedPublisher publisher, Delivery delivery, CancellationToken cancellationToken)
    {
        var fault = OrdersMessage.Read(delivery, out var number, out var foreign)
            ?? (foreign is null ? await AcceptAsync(publisher, number, delivery, cancellationToken) : await AdoptAsync(foreign, cancellationToken));
        if (fault is not null)
        {
            await letters.WriteAsync(delivery, fault, null, cancellationToken);
        }
    }

    private async Task<string?> AcceptAsync(ConfirmedPublisher publisher, OrderNumber number, Delivery delivery, CancellationToken cancellationToken)
    {
        var found = await Insistence.RunAsync(insisting => reads.RunAsync((db, ct) => db.Sql("SELECT price_minor, currency, email IS NOT NULL FROM orders WHERE number = @number", ("@number", number.Value))
            .ListAsync(row => (PriceMinor: row.Number(0), Currency: row.Text(1), HasEmail: row.Truth(2)), ct), insisting), log, cancellationToken);
        if (found is not [var order])
        {
            return $"It says it is one of ours ({OrderMessages.PlacedType}), but there is no order {number}.";
        }

        var accepted = OrderMessages.Accepted(number, order.PriceMinor, order.Currency, order.HasEmail, time.GetUtcNow());
        await publisher.PublishAsync(delivery.TraceParent is { } trace ? accepted with { TraceParent = trace } : accepted, cancellationToken);
        FailPoint.Passed(FailPoint.OrderAccepted);
        return null;
    }

    private async Task<string?> AdoptAsync(ForeignOrder foreign, CancellationToken cancellationToken)
    {
        switch (await place.AdoptAsync(foreign, cancellationToken))
        {
            case Placing.Accepted { Repeated: false } adopted:
                Log.Adopted(log, adopted.Number);
                return null;
            case Placing.Refused refused:
                return string.Join(" ", refused.Faults.Select(f => $"{f.Field}: {f.Message}"));
            case Placing.SoldOut soldOut:
                return "Sold out: " + string.Join(", ", soldOut.Shortages.Select(s => $"{s.Name} ({s.Wanted} wanted, {s.Left} left)")) + ". It can be replayed when there is stock again.";
            default:
                return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Adopted another system's order as {Number}")]
        public static partial void Adopted(ILogger log, OrderNumber number);
    }
}
