using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Messaging.Outbox;

/// <summary>What the relay does in the database. While that is unwell it insists: a session at the broker is not given up for it.</summary>
public sealed class OutboxTable(IDbContextFactory<StoreDb> contexts, StoreWrites writes, DeadLetterBox letters, TimeProvider time, ILogger<OutboxTable> log)
{
    /// <summary>Rows whose time has come, in the order in which they were written.</summary>
    public Task<List<OutboxRow>> DueAsync(long[] except, int atMost, CancellationToken cancellationToken) => ReadAsync((outbox, ct) =>
    {
        var now = time.GetUtcNow();
        return outbox.Where(r => r.NotBefore <= now && !except.Contains(r.Id)).OrderBy(r => r.Id).Take(atMost).ToListAsync(ct);
    }, cancellationToken);

    /// <summary>The first of these rows that is still there.</summary>
    public Task<OutboxRow?> FirstAsync(long[] ids, CancellationToken cancellationToken) =>
        ReadAsync((outbox, ct) => outbox.Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).FirstOrDefaultAsync(ct), cancellationToken);

    /// <summary>How long until the next row's time comes; zero when it has come since somebody looked; null when there is no row.</summary>
    public Task<TimeSpan?> UntilNextAsync(long[] except, CancellationToken cancellationToken) => ReadAsync(async (outbox, ct) =>
    {
        var next = await outbox.Where(r => !except.Contains(r.Id)).OrderBy(r => r.NotBefore).Select(r => (DateTimeOffset?)r.NotBefore).FirstOrDefaultAsync(ct);
        return next is { } at ? TimeSpan.FromTicks(Math.Max(0, (at - time.GetUtcNow()).Ticks)) : (TimeSpan?)null;
    }, cancellationToken);

    /// <summary>The broker has these.</summary>
    public Task DeleteAsync(long[] ids, CancellationToken cancellationToken) =>
        writes.InsistAsync((db, ct) => db.Outbox.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(ct), log, cancellationToken);

    /// <summary>Has each row wait that long before it is published again.</summary>
    public Task RestAsync(IReadOnlyCollection<(long Id, TimeSpan Pause)> rows, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        foreach (var alike in rows.GroupBy(r => r.Pause, r => r.Id))
        {
            var (ids, until) = (alike.ToArray(), time.GetUtcNow() + alike.Key);
            await db.Outbox.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, until), ct);
        }

        return rows.Count;
    }, log, cancellationToken);

    /// <summary>Takes a row out of the way: in one commit it leaves the outbox and is a dead letter.</summary>
    public Task ParkAsync(long id, string reason, Exception fault, int attempts, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        if (await db.Outbox.SingleOrDefaultAsync(r => r.Id == id, ct) is { } row)
        {
            db.Outbox.Remove(row);
            letters.AddParked(db, row, reason, fault, attempts);
        }

        return await db.SaveChangesAsync(ct);
    }, log, cancellationToken);

    private Task<T> ReadAsync<T>(Func<IQueryable<OutboxRow>, CancellationToken, Task<T>> query, CancellationToken cancellationToken) => Insistence.RunAsync(async ct =>
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await query(db.Outbox.AsNoTracking(), ct);
    }, log, cancellationToken);
}
