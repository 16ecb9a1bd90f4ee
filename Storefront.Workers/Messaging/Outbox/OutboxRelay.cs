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
    /// <summary>The longest sleep without a bell: finds what another process left behind.</summary>
    private static readonly TimeSpan SlowSweep = TimeSpan.FromSeconds(30);

    /// <summary>How long a row rests that the broker refused (no queue took it, or it nacked).</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    /// <summary>How long confirms are waited for at the end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public async Task RunAsync(BrokerSession session, CancellationToken stop)
    {
        await relayLock.TakeAsync(stop);
        await using var publisher = await ConfirmedPublisher.OpenAsync(session, time, stop);
        var window = new RelayWindow(publisher, bell);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await session.UnblockedAsync(stop);
                var published = await PublishDueAsync(window, stop);
                // What was settled made room, and its ring may be used up: look again before sleeping.
                if (await SettleAsync(window, session, stop) + window.TakeRested() + published == 0)
                {
                    await bell.WaitAsync(await UntilNextAsync(stop), time, stop);
                }
            }
        }
        finally
        {
            await window.SettleAsync(Farewell);
            await DeleteAsync(window, window.TakeSettled());
        }
    }

    private async Task<int> PublishDueAsync(RelayWindow window, CancellationToken cancellationToken)
    {
        if (window.Free == 0)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, outstanding) = (time.GetUtcNow(), window.Outstanding);
        var due = await db.Outbox.AsNoTracking().Where(r => r.NotBefore <= now && !outstanding.Contains(r.Id))
            .OrderBy(r => r.Id).Take(window.Free).ToListAsync(cancellationToken);
        due.ForEach(row => window.Publish(row.Id, MessageOf(row)));
        return due.Count;
    }

    /// <summary>How long to sleep when nothing is due: until the next retry's time, and never longer than the slow sweep.</summary>
    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var next = await db.Outbox.Where(r => r.NotBefore > now).OrderBy(r => r.NotBefore).Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefaultAsync(cancellationToken);
        return next - now is { } wait && wait < SlowSweep ? wait : SlowSweep;
    }

    /// <summary>Deletes the rows whose confirm came, and says how many were settled; what the broker refused comes again after a pause and holds up nobody else.</summary>
    /// <exception cref="IOException">A publish failed otherwise: its outcome is unknown, and the channel not to be trusted.</exception>
    private async Task<int> SettleAsync(RelayWindow window, BrokerSession session, CancellationToken stop)
    {
        var settled = window.TakeSettled();
        await DeleteAsync(window, settled);
        if (settled.FirstOrDefault(s => s.Fault is not null and not PublishException).Fault is { } broken)
        {
            throw new IOException($"publishing failed: {broken.Message}", broken);
        }

        var refused = settled.Where(s => s.Fault is PublishException).ToList();
        if (refused.Count == 0)
        {
            return settled.Count;
        }

        Log.Refused(log, refused.Count, refused[0].Fault!.Message);
        if (refused.Exists(r => r.Fault is PublishException { IsReturn: true }))
        {
            // A queue or a binding may be missing; consumers need not suffer for it.
            await topology.DeclareAsync(session, stop);
        }

        window.ForgetLater([.. refused.Select(r => r.Id)], AfterRefusal, time);
        return settled.Count;
    }

    private async Task DeleteAsync(RelayWindow window, IReadOnlyList<(long Id, Exception? Fault)> settled)
    {
        var confirmed = settled.Where(s => s.Fault is null).Select(s => s.Id).ToArray();
        if (confirmed.Length > 0)
        {
            await writes.RunAsync((db, ct) => db.Outbox.Where(r => confirmed.Contains(r.Id)).ExecuteDeleteAsync(ct), CancellationToken.None);
            window.Forget(confirmed);
        }
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
        ReplayOf = row.ReplayOf,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused {Count} messages ({Reason}); they stay in the outbox")]
        public static partial void Refused(ILogger log, int count, string reason);
    }
}
