using Storefront.Orders;

namespace Storefront.Departments.Sales;

/// <summary>The system that sales books orders with (the seed's SAP).</summary>
public interface ISalesSystem
{
    /// <summary>Books an order once per key.</summary>
    /// <returns>The sales document's number.</returns>
    Task<string> BookAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Takes the booking under the job's key back, if there is one; from then on the key books nothing.</summary>
    Task ReverseAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>The Ledger Room: books the order with the sales system.</summary>
public sealed class SalesDepartment(ISalesSystem system) : IUndoes
{
    public Department Name => Department.Sales;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken) => new(await system.BookAsync(job, cancellationToken));

    public async Task<WorkDone> UndoAsync(Job job, CancellationToken cancellationToken)
    {
        await system.ReverseAsync(job, cancellationToken);
        return new();
    }
}

/// <summary>A sales system that takes its time and sometimes does not answer.</summary>
public sealed class SimulatedSalesSystem(SimulatedWork work, NeighbourBook book) : ISalesSystem
{
    public async Task<string> BookAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Sales, cancellationToken);
        return work.Do(Department.Sales, () => book.Ask("sales-system", job.Key, id => $"SO-{id:D8}"));
    }

    public async Task ReverseAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Sales, cancellationToken);
        work.Do(Department.Sales, () => book.Withdraw("sales-system", job.Key));
    }
}
