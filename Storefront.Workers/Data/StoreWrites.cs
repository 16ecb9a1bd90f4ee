using Microsoft.Extensions.Logging;

namespace Storefront.Data;

/// <summary>
/// The one way to write. A unit of work gets a context inside a transaction, and awaits nothing but the database.
/// How units share commits is the database's business (<see cref="IWriteLane"/>).
/// </summary>
public sealed class StoreWrites
{
    /// <summary>Customers who may wait at once: what the shop writes down in some half second.</summary>
    internal const int MostCustomers = 512;

    private readonly IWriteLane _lane;
    private readonly DatabaseStatus _status;
    private int _customers;

    internal StoreWrites(IWriteLane lane, DatabaseStatus status) => (_lane, _status) = (lane, status);

    /// <summary>Units of work that come at the same time share a commit; otherwise each costs a transaction.</summary>
    internal bool SharesCommits => _lane.SharesCommits;

    /// <summary>
    /// Runs <paramref name="unit"/> and commits what it saved, unless it throws or calls <see cref="StoreDb.Discard"/>.
    /// When this returns, the change is durable and its after-commit actions have run.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing of the unit remains.</exception>
    public Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken) => InTurnAsync(unit, Turn.BackRoom, cancellationToken);

    /// <summary>The same for a customer, who goes first: with too many waiting already, it is refused at once, so that the wait of those who are let in stays short.</summary>
    /// <exception cref="StoreOverloadedException">More wait than may; nothing was done.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused; nothing of the unit remains.</exception>
    public async Task<T> RunForCustomerAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _customers) <= MostCustomers ? await InTurnAsync(unit, Turn.Customer, cancellationToken) : throw new StoreOverloadedException();
        }
        finally
        {
            Interlocked.Decrement(ref _customers);
        }
    }

    /// <summary>
    /// The same for those behind the counter, who have no one to hand an error to: while the database is unwell it backs off and tries again.
    /// A unit that breaks a rule of the database is not tried again.
    /// </summary>
    public Task<T> InsistAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, ILogger log, CancellationToken cancellationToken) =>
        Insistence.RunAsync(ct => RunAsync(unit, ct), log, cancellationToken);

    private async Task<T> InTurnAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _lane.RunAsync(unit, turn, cancellationToken);
            _status.Worked();
            return result;
        }
        catch (Exception e)
        {
            _status.Failed(e);
            throw;
        }
    }
}
