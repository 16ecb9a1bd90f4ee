namespace Storefront.Messaging.Outbox;

/// <summary>
/// Deletes the rows whose confirm came while the relay goes on publishing: one commit at a time, for all that gathered during the last. The bell is woken
/// when they are gone. Used by the relay alone.
/// </summary>
internal sealed class Deletions(OutboxTable table, OutboxBell bell)
{
    private readonly List<long> _waiting = [];
    private long[] _rows = [];
    private Task? _commit;

    /// <summary>The broker has these.</summary>
    public void Add(IEnumerable<long> rows) => _waiting.AddRange(rows);

    /// <summary>Goes on with deleting, and says which rows are gone since the last time.</summary>
    /// <exception cref="OperationCanceledException">Told to stop waiting for the database.</exception>
    public async Task<long[]> GoOnAsync(CancellationToken cancellationToken)
    {
        long[] gone = [];
        if (_commit is { IsCompleted: true })
        {
            (var commit, _commit) = (_commit, null);
            await commit;
            gone = _rows;
        }

        if (_commit is null && _waiting.Count > 0)
        {
            _rows = [.. _waiting];
            _waiting.Clear();
            _commit = table.DeleteAsync(_rows, cancellationToken);
            _ = WakeAfterAsync(_commit);
        }

        return gone;
    }

    /// <summary>Deletes all that is left, and says which rows are gone since the last time.</summary>
    public async Task<long[]> EndAsync(CancellationToken cancellationToken)
    {
        var gone = new List<long>();
        do
        {
            if (_commit is not null)
            {
                await _commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            gone.AddRange(await GoOnAsync(cancellationToken));
        }
        while (_commit is not null);

        return [.. gone];
    }

    /// <summary>After, not in it: whoever is woken has to find it completed, or would sleep on.</summary>
    private async Task WakeAfterAsync(Task commit)
    {
        await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bell.Wake();
    }
}
