using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Storefront.Data.Sqlite;

/// <summary>
/// Group commit: one thread with one connection runs the units of work that gathered while the last commit was syncing, each behind a savepoint of its own,
/// and commits them together. Nothing waits on purpose: a unit that comes alone is committed alone.
/// (A second writer would only meet the driver's busy retry, which sleeps for 150 ms.)
/// </summary>
internal sealed class SqliteLane : IWriteLane, IDisposable
{
    /// <summary>Units in one commit; more would make the first wait for the last without making the rest faster.</summary>
    private const int Most = 200;

    /// <summary>With a customer among those who commit together, nobody else is waited for after this: to commit once more costs a tenth of it.</summary>
    private static readonly TimeSpan Haste = TimeSpan.FromMilliseconds(2);

    /// <summary>Seconds to wait for a lock that another program holds on the database; then whoever waits is refused.</summary>
    private const int Patience = 10;

    private readonly IDbContextFactory<SqliteStoreDb> _contexts;
    private readonly WaitingUnits _waiting = new();
    private readonly Thread _thread;
    private SqliteStoreDb? _db;

    public SqliteLane(IDbContextFactory<SqliteStoreDb> contexts)
    {
        _contexts = contexts;
        _thread = new Thread(Work) { Name = "store writes", IsBackground = true };
        _thread.Start();
    }

    public bool SharesCommits => true;

    public Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, Turn turn, CancellationToken cancellationToken)
    {
        var waiting = new LaneUnit<T>(unit, turn, cancellationToken);
        _waiting.Add(waiting);
        return waiting.Outcome;
    }

    /// <summary>Runs what is waiting, then ends.</summary>
    public void Dispose()
    {
        _waiting.Close();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        var together = new List<LaneUnit>(Most);
        while (_waiting.Take() is { } first)
        {
            together.Add(first);
            try
            {
                Commit(together);
            }
            catch (Exception e)
            {
                // Nothing of any of them remains; each tells whoever waits for it.
                Close();
                together.ForEach(u => u.Fail(e));
            }

            together.ForEach(u => u.End());
            together.Clear();
        }

        Close();
    }

    private void Commit(List<LaneUnit> together)
    {
        var db = _db ??= Open();
        using var transaction = Begin(db, together);
        db.OrdersAtHand!.See(db.Sql("PRAGMA data_version").ListAsync(row => row.Number(0), CancellationToken.None).GetAwaiter().GetResult()[0]);
        var (began, isAwaited) = (Stopwatch.GetTimestamp(), false);
        for (var i = 0; i < together.Count; i++)
        {
            Run(db, together[i]);
            isAwaited |= together[i].Turn == Turn.Customer;
            if (i == together.Count - 1 && i + 1 < Most && !(isAwaited && Stopwatch.GetElapsedTime(began) > Haste) && _waiting.TryTake(out var next))
            {
                together.Add(next);
            }
        }

        transaction.Commit();
    }

    private IDbContextTransaction Begin(SqliteStoreDb db, List<LaneUnit> together)
    {
        try
        {
            return db.Database.BeginTransaction();
        }
        catch (SqliteException)
        {
            // Everybody has waited long enough meanwhile: nobody is to wait again for each who came before.
            while (_waiting.TryTake(out var late))
            {
                together.Add(late);
            }

            throw;
        }
    }

    private static void Run(SqliteStoreDb db, LaneUnit unit)
    {
        db.Sql("SAVEPOINT unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        db.Renew();
        if (unit.Run(db))
        {
            db.Sql("RELEASE unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
            db.OrdersAtHand!.Stands();
            return;
        }

        db.OrdersAtHand!.Falls();

        // A full or failing disk rolls the whole transaction back: then none of them has happened.
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            throw unit.Fault ?? new InvalidOperationException("The unit of work ended the transaction of all.");
        }

        db.Sql("ROLLBACK TO unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        db.Sql("RELEASE unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private SqliteStoreDb Open()
    {
        var db = _contexts.CreateDbContext();
        db.OrdersAtHand = new();
        // The lane rolls back itself.
        db.Database.AutoSavepointsEnabled = false;
        db.Database.OpenConnection();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        connection.DefaultTimeout = Math.Min(connection.DefaultTimeout, Patience);
        return db;
    }

    private void Close()
    {
        _db?.Dispose();
        _db = null;
    }
}
