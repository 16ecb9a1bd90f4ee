using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Storefront.Messaging.Outbox;

namespace Storefront.Data.Postgres;

/// <summary>
/// This process among those on one PostgreSQL: a connection of its own, held open. By the lock on its number the others see that it lives; one of them
/// has the relay's lock, and the others tell it when they have put something into the outbox. The server drops the locks with the connection.
/// </summary>
internal sealed partial class PostgresNode(IConfiguration configuration, NpgsqlDataSource pool, OutboxBell bell, TimeProvider time, ILogger<PostgresNode> log)
    : BackgroundService, IRelayLock
{
    /// <summary>The relay's lock among those of <see cref="PostgresLocks"/>; the others are numbers of processes.</summary>
    private const int Relay = 0;

    /// <summary>Who stands by tries so often. (Waiting inside the server would keep it from clearing away the rows that the relay deletes.)</summary>
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>With nothing to do, whoever relays looks so often whether another process is gone; and the others, whether their connection is lost.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>Between two calls to whoever relays: those in between share one. Of the machine's time, not of <see cref="TimeProvider"/>'s: it sets no date, it only keeps calls apart.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2);

    private readonly OutboxBell _stir = new();
    private volatile Wish? _wish;
    private Wish? _granted;
    private int _filled;

    public int Node { get; } = Random.Shared.Next(1, int.MaxValue);

    public async Task<RelayPlace> TakeAsync(Action taken, CancellationToken cancellationToken)
    {
        var wish = new Wish(new(GiveBack), taken, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _wish = wish;
        _stir.Wake();
        try
        {
            await wish.Granted.Task.WaitAsync(cancellationToken);
            return wish.Place;
        }
        catch
        {
            wish.Place.Dispose();
            throw;
        }
    }

    public async Task<IReadOnlySet<int>> OthersAsync(StoreDb db, CancellationToken cancellationToken) =>
        (await db.Sql(PostgresLocks.Held).ListAsync(row => (int)row.Number(0), cancellationToken)).Where(n => n != Relay && n != Node).ToHashSet();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ear = new PostgresEar(pool, bell, time);
        StandBy();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await PostgresLocks.OpenAsync(configuration, stoppingToken);
                connection.Notification += (_, _) => bell.Ring();
                await StayAsync(connection, ear, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
            {
                // With the connection its locks are gone. Whatever it was, the answer is another connection.
                Log.Lost(log, e.Message);
            }

            StandBy();
            await Task.Delay(TryEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        StandBy();
        bell.Elsewhere = null;
    }

    /// <summary>Lives on one connection until that is lost.</summary>
    private async Task StayAsync(NpgsqlConnection connection, PostgresEar ear, CancellationToken stop)
    {
        // Shared: of a connection that was lost on the way the server may not know yet.
        await PostgresLocks.RunAsync(connection, $"SELECT pg_advisory_lock_shared({PostgresLocks.Class}, {Node})", stop);
        while (true)
        {
            await DecideAsync(connection, stop);
            if (_granted is not null)
            {
                await ear.ListenAsync(connection, _stir, () => _wish == _granted, stop);
            }
            else
            {
                await _stir.WaitAsync(_wish is null ? LookEvery : TryEvery, time, stop);
                ThrowIfLost(connection);
                await CallAsync(connection, stop);
            }
        }
    }

    /// <summary>Takes the relay's lock, or gives it back.</summary>
    private async Task DecideAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var wish = _wish;
        if (wish is null && _granted is not null)
        {
            StandBy();
            await PostgresLocks.RunAsync(connection, $"UNLISTEN *; SELECT pg_advisory_unlock({PostgresLocks.Class}, {Relay})", stop);
        }
        else if (wish is not null && wish != _granted)
        {
            if (_granted is null && !await PostgresLocks.TryAsync(connection, Relay, stop))
            {
                wish.Taken();
                return;
            }

            await PostgresLocks.RunAsync(connection, $"LISTEN {PostgresLocks.Channel}", stop);
            // From here on nobody needs to be called; what was committed before, the relay's first look finds.
            bell.Elsewhere = null;
            _granted = wish;
            wish.Granted.TrySetResult();
        }
    }

    /// <summary>The driver asks by itself whether the server is still there, and tells nobody.</summary>
    /// <exception cref="IOException">It was not.</exception>
    private static void ThrowIfLost(NpgsqlConnection connection)
    {
        if (connection.State != ConnectionState.Open)
        {
            throw new IOException("the server did not answer any more");
        }
    }

    /// <summary>Tells whoever relays that something is in the outbox.</summary>
    private async Task CallAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _filled, 0) == 1)
        {
            // After the commit that it tells of, not in it: those that call wait for each other at their commits.
            await PostgresLocks.RunAsync(connection, $"NOTIFY {PostgresLocks.Channel}", stop);
            await Task.Delay(Breath, stop);
        }
    }

    /// <summary>The relay's lock is not, or no longer, here. What was committed since it was lost, another relay may not know of.</summary>
    private void StandBy()
    {
        bell.Elsewhere = Fill;
        var lost = _granted;
        _granted = null;
        if (lost is not null)
        {
            Interlocked.CompareExchange(ref _wish, null, lost);
            lost.Place.Lose();
            Fill();
        }
    }

    private void GiveBack(RelayPlace place)
    {
        if (_wish is { } wish && wish.Place == place)
        {
            Interlocked.CompareExchange(ref _wish, null, wish);
            _stir.Wake();
        }
    }

    private void Fill()
    {
        Volatile.Write(ref _filled, 1);
        _stir.Wake();
    }

    /// <summary>Somebody wants to relay here.</summary>
    private sealed record Wish(RelayPlace Place, Action Taken, TaskCompletionSource Granted);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that holds this process's locks in the database is lost ({Reason}); it is opened again")]
        public static partial void Lost(ILogger log, string reason);
    }
}
