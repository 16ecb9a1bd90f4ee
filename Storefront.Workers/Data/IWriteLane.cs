namespace Storefront.Data;

/// <summary>How a database takes units of work: one behind the other, or side by side.</summary>
internal interface IWriteLane
{
    /// <summary>Runs the unit and commits it; see <see cref="StoreWrites.RunAsync"/>.</summary>
    Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken);
}
