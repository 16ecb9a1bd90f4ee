using Storefront.Orders;

namespace Storefront.Departments.Sales;

/// <summary>The system that sales books orders with (the seed's SAP).</summary>
public interface ISalesSystem
{
    /// <summary>Books an order once per key.</summary>
    /// <returns>The sales document's number.</returns>
    Task<string> BookAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>The Ledger Room: books the order with the sales system.</summary>
public sealed class SalesDepartment(ISalesSystem system) : IDepartment
{
    public Department Name => Department.Sales;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken) => new(await system.BookAsync(job, cancellationToken));
}

/// <summary>A sales system that takes its time and sometimes does not answer.</summary>
public sealed class SimulatedSalesSystem(SimulatedWork work, NeighbourBook book) : ISalesSystem
{
    public async Task<string> BookAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Sales, cancellationToken);
        return work.Do(Department.Sales, () => book.Ask("sales-system", job.Key, id => $"SO-{id:D8}"));
    }
}
