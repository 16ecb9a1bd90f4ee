using Storefront.Orders;

namespace Storefront.Departments.Warehouse;

/// <summary>The Root Cellar: prints the pick list for those who walk the shelves.</summary>
public sealed class WarehouseDepartment(SimulatedWork work, IPrinter printer) : IUndoes
{
    public Department Name => Department.Warehouse;

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Warehouse, cancellationToken);
        var print = new PrintJob(job.Key, $"Pick list {job.Number}", PickList.Draw(job));
        var title = await printer.PrintAsync(print, cancellationToken);
        return new(work.Do(Department.Warehouse, () => title));
    }

    public async Task<WorkDone> UndoAsync(Job job, CancellationToken cancellationToken)
    {
        await work.TakeTimeAsync(Department.Warehouse, cancellationToken);
        await printer.WithdrawAsync(job.Key, cancellationToken);
        return new(work.Do(Department.Warehouse, () => ""));
    }
}
