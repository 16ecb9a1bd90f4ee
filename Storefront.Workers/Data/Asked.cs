namespace Storefront.Data;

/// <summary>Rows that were asked for and may still be on their way (<see cref="StoreDb.AskAsync"/>).</summary>
public sealed class Asked<T>
{
    private readonly Func<CancellationToken, Task>? _fetch;
    private List<T>? _rows;

    /// <summary>They are here.</summary>
    internal Asked(List<T> rows) => _rows = rows;

    /// <summary>They come with the next that is sent to the server, or when <paramref name="fetch"/> is called.</summary>
    internal Asked(Func<CancellationToken, Task> fetch) => _fetch = fetch;

    /// <summary>The rows; what has been gathered so far is sent for them, if it has not been.</summary>
    public async ValueTask<List<T>> RowsAsync(CancellationToken cancellationToken)
    {
        if (_rows is null)
        {
            await _fetch!(cancellationToken);
        }

        return _rows ?? throw new InvalidOperationException("What was asked was forgotten: its unit of work has been rolled back.");
    }

    internal void Came(List<T> rows) => _rows = rows;
}
