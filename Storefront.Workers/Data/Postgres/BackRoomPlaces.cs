using System.Diagnostics;

namespace Storefront.Data.Postgres;

/// <summary>Where the back room's units of work run: not so many that a customer would wait behind them, and in a rush one by one, with a fifth of the time.</summary>
internal sealed class BackRoomPlaces : IDisposable
{
    /// <summary>Units at once.</summary>
    public const int AtOnce = 12;

    /// <summary>Customers at once from which on it is a rush.</summary>
    public const int Rush = 8;

    /// <summary>In a rush, a pause comes before each unit: so many times as long as the last one took.</summary>
    private const int Pauses = 4;

    /// <summary>But no longer, however long the database did not answer.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);
    private readonly SemaphoreSlim _inARush = new(1, 1);
    private int _customers;
    private long _ended;
    private TimeSpan _pause;

    private bool IsRush => Volatile.Read(ref _customers) >= Rush;

    public void CustomerComes() => Interlocked.Increment(ref _customers);

    public void CustomerGoes() => Interlocked.Decrement(ref _customers);

    /// <summary>Runs a unit when it is its turn.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> unit, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return IsRush ? await InARushAsync(unit, cancellationToken) : await unit();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _inARush.Dispose();
    }

    private async Task<T> InARushAsync<T>(Func<Task<T>> unit, CancellationToken cancellationToken)
    {
        await _inARush.WaitAsync(cancellationToken);
        try
        {
            if (IsRush && Stopwatch.GetElapsedTime(_ended) is var idle && idle < _pause)
            {
                await Task.Delay(_pause - idle, cancellationToken);
            }

            var began = Stopwatch.GetTimestamp();
            try
            {
                return await unit();
            }
            finally
            {
                _ended = Stopwatch.GetTimestamp();
                var pause = Stopwatch.GetElapsedTime(began, _ended) * Pauses;
                _pause = pause < LongestPause ? pause : LongestPause;
            }
        }
        finally
        {
            _inARush.Release();
        }
    }
}
