namespace Storefront.Data.Sqlite;

/// <summary>A unit of work on its way through the lane.</summary>
internal abstract class LaneUnit(Turn turn)
{
    /// <summary>Whose it is.</summary>
    public Turn Turn => turn;

    public Exception? Fault { get; protected set; }

    /// <summary>Runs it; false when nothing of it is to remain.</summary>
    public abstract bool Run(StoreDb db);

    /// <summary>The commit it was part of has failed.</summary>
    public void Fail(Exception fault) => Fault ??= fault;

    /// <summary>The commit is through, or has failed: tells whoever waits.</summary>
    public abstract void End();
}

/// <summary>The same with what it results in.</summary>
internal sealed class LaneUnit<T> : LaneUnit
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<StoreDb, CancellationToken, Task<T>> _work;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _givingUp;
    private IReadOnlyList<Action> _after = [];
    private T _result = default!;
    private int _begun;

    public LaneUnit(Func<StoreDb, CancellationToken, Task<T>> work, Turn turn, CancellationToken cancellationToken)
        : base(turn)
    {
        (_work, _cancellation) = (work, cancellationToken);
        // Whoever waits for its turn may give up; once begun, it is seen through, and its outcome told.
        _givingUp = cancellationToken.UnsafeRegister(static unit => ((LaneUnit<T>)unit!).GiveUp(), this);
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
