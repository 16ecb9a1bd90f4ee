using System.Collections.Concurrent;
using Storefront.Messaging;

namespace Storefront.Departments;

/// <summary>
/// Work that belongs to the process and not to the delivery that asked for it, one run at a time for each key: when the connection drops a run goes on, and
/// the delivery that comes again joins it.
/// </summary>
internal sealed class JoinedRuns<TKey> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Run> _running = new();

    /// <summary>What is being worked on, or waits for it.</summary>
    public IEnumerable<TKey> Keys => _running.Keys;

    /// <summary>Whether somebody works on it.</summary>
    public bool Contains(TKey key) => _running.ContainsKey(key);

    /// <summary>Has it worked on; returns when that has been done for this delivery.</summary>
    public async Task RunAsync(TKey key, Delivery delivery, Func<Task> work)
    {
        while (true)
        {
            var mine = new Run(delivery.MessageId, delivery.ReplayOf, new(work));
            var run = _running.GetOrAdd(key, mine);
            try
            {
                await run.Work.Value;
            }
            finally
            {
                _running.TryRemove(KeyValuePair.Create(key, run));
            }

            // Another message (a retry, or a replay, that came while the failed attempt was still being written down) is a trigger of its own.
            if (ReferenceEquals(run, mine) || (run.MessageId is not null && run.MessageId == delivery.MessageId && run.ReplayOf == delivery.ReplayOf))
            {
                return;
            }
        }
    }

    /// <summary>Returns when all that is running has ended, however it did.</summary>
    public async Task EndAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_running.Values.Select(r => r.Work.Value)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private sealed record Run(string? MessageId, long? ReplayOf, Lazy<Task> Work);
}
