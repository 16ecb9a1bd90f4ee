using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Data.Postgres;

/// <summary>
/// Units of work side by side, each a transaction of its own on a connection of the pool. They see what others have committed (READ COMMITTED); what must
/// not change under a unit it locks by writing to it: the order's row, then the shelf's in product order. Where two get into each other's way all the same,
/// one is rolled back and decides anew on what the other has written.
/// </summary>
internal sealed class PostgresLane(IDbContextFactory<PostgresStoreDb> contexts) : IWriteLane, IDisposable
{
    /// <summary>Units at once; the others wait their turn. More only wait for each other inside the server, and leave no connection to those who read.</summary>
    public const int SideBySide = 16;

    /// <summary>Collisions of one unit; far more than ever come one after the other.</summary>
    private const int MostCollisions = 20;

    /// <summary>
    /// Connections that one unit may find dead. The pool drops the rest when it learns of one, but those that the server is just ending it may yet give out:
    /// at the worst all that writers and readers had.
    /// </summary>
    private const int MostLosses = 2 * SideBySide;

    /// <summary>How long a server is waited for that has no connection to spare; then whoever waits is refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(SideBySide, SideBySide);
    private readonly BackRoomPlaces _backRoom = new();

    /// <summary>Contexts that ended well, to be used again: to set one up costs more than the work in it.</summary>
    private readonly ConcurrentBag<PostgresStoreDb> _idle = [];

    public bool SharesCommits => false;

    public async Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, Turn turn, CancellationToken cancellationToken)
    {
        if (turn == Turn.BackRoom)
        {
            return await _backRoom.RunAsync(() => PlacedAsync(unit, cancellationToken), cancellationToken);
        }

        _backRoom.CustomerComes();
        try
        {
            return await PlacedAsync(unit, cancellationToken);
        }
        finally
        {
            _backRoom.CustomerGoes();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var db))
        {
            db.Dispose();
        }

        _places.Dispose();
        _backRoom.Dispose();
    }

    private async Task<T> PlacedAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await InsistAsync(unit, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<T> InsistAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        var (began, collisions, losses, isRepeated, leavesItToTheRules) = (Stopwatch.GetTimestamp(), 0, 0, false, true);
        while (true)
        {
            var commit = new Commit();
            try
            {
                return await RunAsync(unit, leavesItToTheRules, commit, cancellationToken);
            }
            catch (Exception e) when (PostgresFault.IsRefusal(e) && leavesItToTheRules)
            {
                leavesItToTheRules = false;
            }
            catch (Exception e) when (PostgresFault.IsRepeat(e) && !isRepeated)
            {
                // Two requests under one key looked for it at the same time: the second look finds what the other has made. If not, it is no such case.
                isRepeated = true;
            }
            catch (Exception e) when (PostgresFault.IsCollision(e) && collisions < MostCollisions)
            {
                collisions++;
                await Task.Delay(Random.Shared.Next(5 * collisions), cancellationToken);
            }
            catch (Exception e) when (PostgresFault.IsLost(e) && !commit.HasBegun && losses < MostLosses)
            {
                // A connection of the pool that had died; what was done on it has not happened. (After the commit has begun, nobody knows.)
                losses++;
                await Task.Delay(Random.Shared.Next(losses), cancellationToken);
            }
            catch (Exception e) when (PostgresFault.IsFull(e) && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Random.Shared.Next(5, 50), cancellationToken);
            }
        }
    }

    private async Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, bool leavesItToTheRules, Commit commit, CancellationToken cancellationToken)
    {
        var db = _idle.TryTake(out var idle) ? idle : Open();
        db.LeavesItToTheRules = leavesItToTheRules;
        T result;
        IReadOnlyList<Action> after;
        try
        {
            (result, after) = await RunAsync(db, unit, commit, cancellationToken);
            db.Renew();
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }

        _idle.Add(db);
        foreach (var action in after)
        {
            action();
        }

        return result;
    }

    private static async Task<(T Result, IReadOnlyList<Action> After)> RunAsync<T>(
        PostgresStoreDb db, Func<StoreDb, CancellationToken, Task<T>> unit, Commit commit, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var result = await unit(db, cancellationToken);
        if (db.IsDiscarded)
        {
            db.ForgetGathered();
            return (result, []);
        }

        cancellationToken.ThrowIfCancellationRequested();
        commit.HasBegun = true;
        // Whoever gives up from here on gets what was asked for all the same.
        await db.CommitAsync(transaction);
        return (result, db.TakeAfterCommit());
    }

    private PostgresStoreDb Open()
    {
        var db = contexts.CreateDbContext();
        // The unit is rolled back as a whole.
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    /// <summary>How far a unit has come.</summary>
    private sealed class Commit
    {
        public bool HasBegun { get; set; }
    }
}
