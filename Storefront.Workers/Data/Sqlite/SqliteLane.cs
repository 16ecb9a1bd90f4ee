using System.Collections.Concurrent;
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

    /// <summary>Seconds to wait for a lock that another program holds on the database; then whoever waits is refused.</summary>
    private const int Patience = 10;

    private readonly IDbContextFactory<SqliteStoreDb> _contexts;
    private readonly BlockingCollection<Unit> _waiting = [];
    private readonly Thread _thread;
    private SqliteStoreDb? _db;

    public SqliteLane(IDbContextFactory<SqliteStoreDb> contexts)
    {
        _contexts = contexts;
        _thread = new Thread(Work) { Name = "store writes", IsBackground = true };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        var waiting = new Unit<T>(unit, cancellationToken);
        _waiting.Add(waiting, CancellationToken.None);
        return waiting.Outcome;
    }

    /// <summary>Runs what is waiting, then ends.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        var together = new List<Unit>(Most);
        foreach (var first in _waiting.GetConsumingEnumerable())
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

    private void Commit(List<Unit> together)
    {
        var db = _db ??= Open();
        using var transaction = Begin(db, together);
        for (var i = 0; i < together.Count; i++)
        {
            Run(db, together[i]);
            if (together.Count < Most && i == together.Count - 1 && _waiting.TryTake(out var next))
            {
                together.Add(next);
            }
        }

        transaction.Commit();
    }

    private IDbContextTransaction Begin(SqliteStoreDb db, List<Unit> together)
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

    private static void Run(SqliteStoreDb db, Unit unit)
    {
        db.Sql("SAVEPOINT unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        db.Renew();
        if (unit.Run(db))
        {
            db.Sql("RELEASE unit").RunAsync(CancellationToken.None).GetAwaiter().GetResult();
            return;
        }

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

    private abstract class Unit
    {
        public Exception? Fault { get; protected set; }

        /// <summary>Runs it; false when nothing of it is to remain.</summary>
        public abstract bool Run(StoreDb db);

        /// <summary>The commit it was part of has failed.</summary>
        public void Fail(Exception fault) => Fault ??= fault;

        /// <summary>The commit is through, or has failed: tells whoever waits.</summary>
        public abstract void End();
    }

    private sealed class Unit<T> : Unit
    {
        private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<StoreDb, CancellationToken, Task<T>> _work;
        private readonly CancellationToken _cancellation;
        private readonly CancellationTokenRegistration _givingUp;
        private IReadOnlyList<Action> _after = [];
        private T _result = default!;
        private int _begun;

        public Unit(Func<StoreDb, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        {
            (_work, _cancellation) = (work, cancellationToken);
            // Whoever waits for its turn may give up; once begun, it is seen through, and its outcome told.
            _givingUp = cancellationToken.UnsafeRegister(static unit => ((Unit<T>)unit!).GiveUp(), this);
        }

        public Task<T> Outcome => _outcome.Task;

        public override bool Run(StoreDb db)
        {
            if (Interlocked.Exchange(ref _begun, 1) != 0)
            {
                return false;
            }

            _givingUp.Unregister();
            try
            {
                // It awaits nothing but the database, and SQLite's calls end before they return.
                _result = _work(db, _cancellation).GetAwaiter().GetResult();
                _after = db.IsDiscarded ? [] : db.TakeAfterCommit();
                return !db.IsDiscarded;
            }
            catch (Exception e)
            {
                Fault = e;
                return false;
            }
        }

        public override void End()
        {
            if (Fault is not null)
            {
                _outcome.TrySetException(Fault);
                return;
            }

            foreach (var action in _after)
            {
                action();
            }

            _outcome.TrySetResult(_result);
        }

        private void GiveUp()
        {
            if (Interlocked.Exchange(ref _begun, 1) == 0)
            {
                _outcome.TrySetCanceled(_cancellation);
            }
        }
    }
}
