using System.Collections.Concurrent;

namespace Storefront.Data.Sqlite;

/// <summary>
/// Units of work that wait for the lane. Customers go first; while more of them wait than can be written, every <see cref="Share"/>th turn is the back
/// room's all the same, so that a rush delays its work and does not stop it.
/// </summary>
internal sealed class WaitingUnits : IDisposable
{
    /// <summary>Of so many turns one is the back room's.</summary>
    public const int Share = 5;

    private readonly ConcurrentQueue<LaneUnit> _customers = new();
    private readonly ConcurrentQueue<LaneUnit> _backRoom = new();
    private readonly SemaphoreSlim _count = new(0);
    private readonly Lock _door = new();
    private bool _isClosed;
    private int _turns;

    /// <exception cref="ObjectDisposedException">The lane is closed.</exception>
    public void Add(LaneUnit unit)
    {
        // Whoever is let in comes before the closing, and so has its turn.
        lock (_door)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            (unit.Turn == Turn.Customer ? _customers : _backRoom).Enqueue(unit);
            _count.Release();
        }
    }

    /// <summary>The next one, as soon as there is one; null: closed, and nobody waits any more. For one thread.</summary>
    public LaneUnit? Take()
    {
        _count.Wait();
        return Next();
    }

    /// <summary>The next one, if one waits. For one thread.</summary>
    public bool TryTake(out LaneUnit unit)
    {
        unit = (_count.Wait(0) ? Next() : null)!;
        return unit is not null;
    }

    /// <summary>Nobody else is let in.</summary>
    public void Close()
    {
        lock (_door)
        {
            _isClosed = true;
            _count.Release();
        }
    }

    public void Dispose() => _count.Dispose();

    private LaneUnit? Next()
    {
        var (first, second) = ++_turns % Share == 0 ? (_backRoom, _customers) : (_customers, _backRoom);
        if (first.TryDequeue(out var unit) || second.TryDequeue(out unit))
        {
            return unit;
        }

        // That was the closing; whoever asks again is to find it too.
        _count.Release();
        return null;
    }
}
