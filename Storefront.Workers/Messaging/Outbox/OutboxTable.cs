using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Messaging.Outbox;

/// <summary>What the relay does in the database. While that is unwell it insists: a session at the broker is not given up for it.</summary>
public sealed class OutboxTable(StoreReads reads, StoreWrites writes, DeadLetterBox letters, TimeProvider time, ILogger<OutboxTable> log)
{
    private const string Columns = "exchange, routing_key, message_id, type, correlation_id, trace_parent, body, mandatory, created_at, not_before, replay_of";

    /// <summary>Rows whose time has come, those first that came due first.</summary>
    public Task<List<OutboxRow>> DueAsync(DateTimeOffset now, IReadOnlyCollection<long> except, int atMost, CancellationToken cancellationToken) => ReadAsync(async (db, ct) =>
    {
        // Those to leave out were due earlier than most: to pass over them here is quicker than to tell the database.
        var due = await db.Sql($"SELECT id, {Columns} FROM outbox WHERE not_before <= @now ORDER BY not_before, id LIMIT @most",
            ("@now", now.UtcTicks), ("@most", atMost + except.Count)).ListAsync(ReadRow, ct);
        due.RemoveAll(r => except.Contains(r.Id));
        return due.Count > atMost ? due[..atMost] : due;
    }, cancellationToken);

    /// <summary>When the first row comes due after the given time; null: none does.</summary>
    public Task<DateTimeOffset?> NextAfterAsync(DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(async (db, ct) =>
        await db.Sql("SELECT min(not_before) FROM outbox WHERE not_before > @now", ("@now", now.UtcTicks)).ListAsync(row => row.TimeOrNull(0), ct) is [var next] ? next : null, cancellationToken);

    /// <summary>The first of these rows that is still there.</summary>
    public Task<OutboxRow?> FirstAsync(long[] ids, CancellationToken cancellationToken) => ReadAsync((db, ct) =>
        db.Outbox.AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).FirstOrDefaultAsync(ct), cancellationToken);

    /// <summary>The broker has these.</summary>
    public Task DeleteAsync(long[] ids, CancellationToken cancellationToken) => writes.InsistAsync(async (db, ct) =>
    {
        foreach (var id in ids)
        {
            await db.SendAsync("DELETE FROM outbox WHERE id = @id", ct, ("@id", id));
        }

        return ids.Length;
    }, log, cancellationToken);

    /// <summary>Writes a row, which gets its number before the commit.</summary>
    internal static Task InsertAsync(StoreDb db, OutboxRow row, CancellationToken cancellationToken) => db.AskAsync($"""
            INSERT INTO outbox ({Columns})
            VALUES (@exchange, @key, @message, @type, @correlation, @trace, @body, @mandatory, @created, @before, @replay) RETURNING id
            """, id => row.Numbered(id.Number(0)), cancellationToken, ("@exchange", row.Exchange), ("@key", row.RoutingKey), ("@message", row.MessageId), ("@type", row.Type), ("@correlation", row.CorrelationId),
            ("@trace", row.TraceParent), ("@body", row.Body), ("@mandatory", row.Mandatory), ("@created", row.CreatedAt.UtcTicks), ("@before", row.NotBefore.UtcTicks),
            ("@replay", row.ReplayOf));

    /// <summary>A message that waits for its time is due now. False: it is on its way already, or there never was one.</summary>
    internal static async Task<bool> HastenAsync(StoreDb db, string messageId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Sql("UPDATE outbox SET not_before = @now WHERE not_before > @now AND message_id = @message", ("@now", now.UtcTicks), ("@message", messageId)).RunAsync(cancellationToken) > 0;

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

    private static OutboxRow ReadRow(IRow row) => new OutboxRow
    {
        Exchange = row.Text(1),
        RoutingKey = row.Text(2),
        MessageId = row.Text(3),
        Type = row.Text(4),
        CorrelationId = row.Text(5),
        TraceParent = row.Text(6),
        Body = row.Bytes(7),
        Mandatory = row.Truth(8),
        CreatedAt = row.Time(9),
        NotBefore = row.Time(10),
        ReplayOf = row.NumberOrNull(11),
    }.Numbered(row.Number(0));

    private Task<T> ReadAsync<T>(Func<StoreDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Insistence.RunAsync(ct => reads.RunAsync(read, ct), log, cancellationToken);
}
