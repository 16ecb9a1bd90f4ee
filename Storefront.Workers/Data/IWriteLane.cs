namespace Storefront.Data;

/// <summary>Whose turn comes first when more wait than can be written at once.</summary>
internal enum Turn
{
    /// <summary>Somebody waits for an answer.</summary>
    Customer,

    /// <summary>Work behind the counter, which nobody looks at while it waits.</summary>
    BackRoom,
}

/// <summary>How a database takes units of work: one behind the other, or side by side.</summary>
internal interface IWriteLane
{
    /// <summary>Units that come at the same time are committed together.</summary>
    bool SharesCommits { get; }

    /// <summary>Runs the unit and commits it; see <see cref="StoreWrites.RunAsync"/>. Customers go first, but never leave the back room without a share.</summary>
    Task<T> RunAsync<T>(Func<StoreDb, CancellationToken, Task<T>> unit, Turn turn, CancellationToken cancellationToken);
}
