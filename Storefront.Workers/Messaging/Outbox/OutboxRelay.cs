using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;
using Storefront.Data;

namespace Storefront.Messaging.Outbox;

/// <summary>
/// Carries the outbox to the broker: publishes in a window of unconfirmed messages and deletes the rows whose confirm came.
/// A row leaves only with its confirm, so a crash at any point publishes again rather than never; receivers are ready for repeats.
/// </summary>
public sealed partial class OutboxRelay(
    IDbContextFactory<StoreDb> contexts, StoreWrites writes, OutboxBell bell, RelayLock relayLock, TopologyDeclaration topology, TimeProvider time, ILogger<OutboxRelay> log)
    : IBrokerStation
{
    /// <summary>Messages outstanding at once; more only adds latency.</summary>
    private const int Window = 256;

    /// <summary>The longest sleep without a bell: finds what another process left behind.</summary>
    private static readonly TimeSpan SlowSweep = TimeSpan.FromSeconds(30);

    /// <summary>Pause after the broker refused messages (no queue took them, or it nacked).</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        await relayLock.TakeAsync(stop);
        await using var publisher = await ConfirmedPublisher.OpenAsync(session, time, stop);
        while (!stop.IsCancellationRequested)
        {
            await session.UnblockedAsync(stop);
            var rows = await DueAsync(stop);
            if (rows.Count == 0)
            {
                await bell.WaitAsync(await UntilNextAsync(stop), time, stop);
                continue;
            }

            var refusals = await PublishAsync(publisher, rows, stop);
            if (refusals.Exists(r => r.IsReturn))
            {
                // A queue or a binding may be missing; consumers need not suffer for it.
                await topology.DeclareAsync(session, stop);
            }

            if (refusals.Count > 0)
            {
                await Task.Delay(AfterRefusal, time, stop);
            }
        }
    }

    private async Task<List<OutboxRow>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await db.Outbox.AsNoTracking().Where(r => r.NotBefore <= now).OrderBy(r => r.Id).Take(Window).ToListAsync(cancellationToken);
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await db.Outbox.OrderBy(r => r.NotBefore).Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefaultAsync(cancellationToken);
        var wait = next is { } due ? due - time.GetUtcNow() : SlowSweep;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < SlowSweep ? wait : SlowSweep;
    }

    /// <summary>Publishes all, deletes the confirmed, and gives the broker's refusals.</summary>
    private async Task<List<PublishException>> PublishAsync(ConfirmedPublisher publisher, List<OutboxRow> rows, CancellationToken stop)
    {
        // Once published, a confirm is worth waiting for even when stopping: it saves a repeat.
        var publishing = rows.ConvertAll(row => publisher.PublishAsync(MessageOf(row), CancellationToken.None));
        var all = Task.WhenAll(publishing);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var confirmed = rows.Where((_, i) => publishing[i].IsCompletedSuccessfully).Select(r => r.Id).ToArray();
        if (confirmed.Length > 0)
        {
            await writes.RunAsync((db, ct) => db.Outbox.Where(r => confirmed.Contains(r.Id)).ExecuteDeleteAsync(ct), CancellationToken.None);
        }

        var faults = publishing.Where(p => !p.IsCompletedSuccessfully).Select(p => p.Exception!.GetBaseException()).ToList();
        if (faults.Find(f => f is not PublishException) is { } broken)
        {
            throw new IOException($"publishing failed: {broken.Message}", broken);
        }

        if (faults.Count > 0)
        {
            // Others are not held up: refused rows only come again.
            Log.Refused(log, faults.Count, faults[0].Message);
        }

        stop.ThrowIfCancellationRequested();
        return faults.ConvertAll(f => (PublishException)f);
    }

    private static OutgoingMessage MessageOf(OutboxRow row) => new()
    {
        Exchange = row.Exchange,
        RoutingKey = row.RoutingKey,
        MessageId = row.MessageId,
        Type = row.Type,
        CorrelationId = row.CorrelationId,
        TraceParent = row.TraceParent,
        Body = row.Body,
        Mandatory = row.Mandatory,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused {Count} messages ({Reason}); they stay in the outbox")]
        public static partial void Refused(ILogger log, int count, string reason);
    }
}
