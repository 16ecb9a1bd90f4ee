using System.Collections.Concurrent;
using Storefront.Departments;
using Storefront.Orders;

namespace Storefront.Tests.Departments;

/// <summary>A department in the hands of a test: work begins when it begins, and ends when the test says so.</summary>
internal sealed class Bench : IDepartment
{
    private readonly ConcurrentDictionary<OrderNumber, TaskCompletionSource> _ends = new();
    private readonly ConcurrentQueue<OrderNumber> _begun = new();

    public Department Name => Department.Sales;

    /// <summary>Orders whose work has begun, in order.</summary>
    public IReadOnlyCollection<OrderNumber> Begun => _begun;

    public Task BeginsAsync(OrderNumber number) =>
        Watching.UntilAsync($"work on {number} begins", () => Task.FromResult(_begun.Contains(number)), TestContext.Current.CancellationToken);

    public void Finish(OrderNumber number) => End(number).TrySetResult();

    public void Fail(OrderNumber number, string reason) => End(number).TrySetException(new NeighbourFailedException(reason));

    public async Task<WorkDone> WorkAsync(Job job, CancellationToken cancellationToken)
    {
        _begun.Enqueue(job.Number);
        await End(job.Number).Task.WaitAsync(cancellationToken);
        return new("done");
    }

    private TaskCompletionSource End(OrderNumber number) => _ends.GetOrAdd(number, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
