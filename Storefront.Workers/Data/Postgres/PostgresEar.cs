using Npgsql;
using Storefront.Messaging.Outbox;

namespace Storefront.Data.Postgres;

/// <summary>What the process that relays hears of the others: that they have put something into the outbox, or that one of them is gone.</summary>
internal sealed class PostgresEar(NpgsqlDataSource pool, OutboxBell bell, TimeProvider time)
{
    /// <summary>
    /// Hears what the others tell, until something is to be done. Looking meanwhile is done on another connection: to stop hearing while the driver asks
    /// the server whether it is still there, which it does every two seconds, breaks the connection, and the locks are gone. So hearing is stopped only
    /// for a change of the place, when little is lost by it.
    /// </summary>
    /// <param name="connection">The one with the locks.</param>
    /// <param name="stir">Rung when <paramref name="goesOn"/> may say otherwise.</param>
    /// <param name="goesOn">Whether nothing is to be done yet.</param>
    /// <param name="stop">The process ends.</param>
    public async Task ListenAsync(NpgsqlConnection connection, OutboxBell stir, Func<bool> goesOn, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (heard, stirred, company) = (HearAsync(connection, enough.Token), Task.CompletedTask, 0);
        try
        {
            while (goesOn() && !heard.IsCompleted)
            {
                company = await LookAsync(company, stop);
                stirred = stir.WaitAsync(PostgresNode.LookEvery, time, enough.Token);
                await Task.WhenAny(stirred, heard);
                stop.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(stirred, heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await heard;
    }

    private static async Task HearAsync(NpgsqlConnection connection, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                await connection.WaitAsync(enough);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Enough heard.
        }
    }

    /// <summary>One that is gone may not have come to telling of its last commit.</summary>
    /// <returns>How many locks are held now, of <paramref name="company"/> before.</returns>
    private async Task<int> LookAsync(int company, CancellationToken stop)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(stop);
            var now = await PostgresLocks.CountAsync(connection, stop);
            if (now < company)
            {
                bell.Ring();
            }

            return now;
        }
        catch (NpgsqlException)
        {
            // The next look finds it. Whether the connection with the locks is well, that one tells itself.
            return company;
        }
    }
}
