using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Storefront.Tests.Data.Plans;

/// <summary>
/// Overhears every statement that runs on the shop's connections, whoever made it: EF Core or a hand. SQLite itself tells it, so nothing can go past it,
/// and tells it with its parameters left open, as it was planned.
/// </summary>
internal sealed class OverheardSql : DbConnectionInterceptor
{
    private readonly ConcurrentDictionary<string, byte> _statements = new(StringComparer.Ordinal);

    private readonly ConditionalWeakTable<sqlite3, object?> _known = [];

    public IReadOnlyCollection<string> Statements => [.. _statements.Keys];

    /// <summary>What was overheard up to now does not count: the shop was opening.</summary>
    public void Forget() => _statements.Clear();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Listen(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Listen(connection);
        return Task.CompletedTask;
    }

    private void Listen(DbConnection connection)
    {
        // One that comes out of the pool is listened to already.
        var handle = ((SqliteConnection)connection).Handle!;
        if (!_known.TryAdd(handle, null))
        {
            return;
        }

        handle.enable_sqlite3_next_stmt(true);
        raw.sqlite3_trace(handle, (object _, string _) => NoteAll(handle), null);
    }

    /// <summary>The trace has the values filled in, which may make another plan; the statement it is about is one of those that are prepared.</summary>
    private void NoteAll(sqlite3 connection)
    {
        for (var statement = raw.sqlite3_next_stmt(connection, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(connection, statement))
        {
            _statements.TryAdd(raw.sqlite3_sql(statement).utf8_to_string(), 0);
        }
    }
}
