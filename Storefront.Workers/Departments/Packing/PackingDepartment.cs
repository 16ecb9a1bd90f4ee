using Storefront.Orders;

namespace Storefront.Departments.Packing;

/// <summary>The Wrapping Table: paper, string, and a simulated pair of paws.</summary>
public sealed class PackingDepartment(SimulatedWork work, NeighbourBook book) : IDepartment
{
    public Department Name => Department.Packing;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Packing, cancellationToken);
        return new(work.Do(Department.Packing, () => book.Ask("packing-table", job.Key, id => $"P-{id:D8}")));
    }
}
