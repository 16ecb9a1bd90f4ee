using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Storefront.Data;

/// <summary>
/// The one way to write. A unit of work gets a context inside a transaction, and awaits nothing but the database.
/// How units share commits is the database's business (<see cref="IWriteLane"/>).
/// </summary>
public sealed partial class StoreWrites
{
    private readonly IWriteLane _lane;

    internal StoreWrites(IWriteLane lane) => _lane = lane;

    /// <summary>
    /// Runs <paramref name="unit"/> and commits what it saved, unless it throws or calls <see cref="StoreDb.Discard"/>.
    /// When this returns, the change is durable and its after-commit actions have run.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing of the unit remains.</exception>
    public Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken) => _lane.RunAsync(unit, cancellationToken);

    /// <summary>
    /// The same for those behind the counter, who have no one to hand an error to: while the database is unwell it backs off and tries again.
    /// A unit that breaks a rule of the database is not tried again.
    /// </summary>
    public async Task<T> InsistAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, ILogger log, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause)
        {
            try
            {
                return await RunAsync(unit, cancellationToken);
            }
            catch (Exception e) when ((e as DbException ?? e.InnerException as DbException) is { } trouble && !IsBrokenRule(trouble))
            {
                Log.Unwell(log, trouble.Message, pause.TotalMilliseconds);
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    private static bool IsBrokenRule(DbException e) => e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 /* SQLITE_CONSTRAINT */ };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The database is unwell ({Reason}); trying again in {Pause} ms")]
        public static partial void Unwell(ILogger log, string reason, double pause);
    }
}
