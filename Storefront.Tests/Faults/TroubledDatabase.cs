using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Storefront.Tests.Faults;

/// <summary>Troubles of the shop's own connections to its SQLite database, on and off at will.</summary>
internal sealed class TroubledDatabase : DbConnectionInterceptor, IDbTransactionInterceptor
{
    private const int AsManyAsItTakes = 1_073_741_823;

    private volatile bool _isFull;

    /// <summary>Seconds that a connection waits for a lock; null: as the shop sets it.</summary>
    public int? Patience { get; init; }

    /// <summary>The database may not grow any more: whoever needs a new page meets SQLITE_FULL.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var sqlite = (SqliteConnection)connection;
        sqlite.DefaultTimeout = Patience ?? sqlite.DefaultTimeout;
        Limit(sqlite, null);
    }

    /// <summary>The shop writes on a connection that stays open.</summary>
    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Limit((SqliteConnection)connection, (SqliteTransaction)result);
        return result;
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    private void Limit(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        // Less than the pages there are means: no more than there are.
        command.CommandText = $"PRAGMA max_page_count={(_isFull ? 1 : AsManyAsItTakes)}";
        command.ExecuteNonQuery();
    }
}
