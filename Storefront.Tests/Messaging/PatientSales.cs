using Storefront.Departments;
using Storefront.Departments.Sales;

namespace Storefront.Tests.Messaging;

/// <summary>A sales system that takes as long over a booking as a test wants; it books, and takes back, like any other, in the neighbours' book.</summary>
internal sealed class PatientSales(NeighbourBook book) : ISalesSystem
{
    private volatile TaskCompletionSource? _enough;
    private int _begun;

    /// <summary>Waits until it is at work.</summary>
    public Task BeginsAsync(CancellationToken cancellationToken) =>
        Watching.UntilAsync("sales at work", () => Task.FromResult(Volatile.Read(ref _begun) > 0), cancellationToken);

    /// <summary>What it begins from now on takes until <see cref="Finishes"/>.</summary>
    public void IsBusy() => _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on nothing takes it any time.</summary>
    public void Finishes() => _enough?.TrySetResult();

    public async Task<string> BookAsync(Job job, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        await (_enough?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return book.Ask("sales-system", job.Key, id => $"SO-{id:D8}");
    }

    public Task ReverseAsync(Job job, CancellationToken cancellationToken)
    {
        book.Withdraw("sales-system", job.Key);
        return Task.CompletedTask;
    }
}
